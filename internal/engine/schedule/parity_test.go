package schedule_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// exported reads packages as the compiler has them.
func exported(t *testing.T, paths ...string) (packages []*types.Package) {
	t.Helper()
	args := append([]string{"list", "-export", "-deps", "-json=ImportPath,Export"}, paths...)
	out, err := exec.CommandContext(t.Context(), "go", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct{ ImportPath, Export string }
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		files[p.ImportPath] = p.Export
	}
	from := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(files[path]) })
	for _, path := range paths {
		p, err := from.Import(path)
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	return packages
}

// TestWhatStandsForGosPackagesHasAllThatTheyHave compares names, methods and
// signatures: a newer Go that adds some shows here.
func TestWhatStandsForGosPackagesHasAllThatTheyHave(t *testing.T) {
	for _, pair := range [][2]string{{"maps", "/maps"}, {"sync", "/sync"}, {"sync/atomic", "/atomic"}, {"math/rand", "/rand"}, {"math/rand/v2", "/rand/v2"}} {
		packages := exported(t, pair[0], weave.Schedule+pair[1])
		real, ours := packages[0], packages[1]
		qualify := func(p *types.Package) string { // by name: the two are the same
			if p == real || p == ours {
				return ""
			}
			return p.Path()
		}
		signature := func(o types.Object) string {
			if o == nil {
				return "nothing"
			}
			f, ok := o.(*types.Func)
			if !ok {
				return types.ObjectString(o, qualify)
			}
			unnamed := func(of *types.Tuple) *types.Tuple {
				var vars []*types.Var
				for v := range of.Variables() {
					vars = append(vars, types.NewParam(token.NoPos, nil, "", v.Type()))
				}
				return types.NewTuple(vars...)
			}
			s := f.Signature()
			bare := types.NewSignatureType(nil, nil, nil, unnamed(s.Params()), unnamed(s.Results()), s.Variadic())
			return fmt.Sprint(s.TypeParams().Len(), types.TypeString(bare, qualify))
		}
		names := 0
		for _, name := range real.Scope().Names() {
			theirs, mine := real.Scope().Lookup(name), ours.Scope().Lookup(name)
			if !theirs.Exported() {
				continue
			}
			names++
			named, isType := theirs.(*types.TypeName)
			if !isType {
				if got, want := signature(mine), signature(theirs); got != want {
					t.Errorf("%s.%s: %s, want %s", real.Path(), name, got, want)
				}
				continue
			}
			if mine == nil {
				t.Errorf("%s has no %s", ours.Path(), name)
				continue
			}
			for _, m := range members(named.Type()) {
				got, _, _ := types.LookupFieldOrMethod(types.NewPointer(mine.Type()), true, ours, m.Name())
				// A Locker is Go's own, so that it may be handed on.
				if signature(got) != signature(m) {
					t.Errorf("%s.%s: %s, want %s", real.Path(), name, signature(got), signature(m))
				}
			}
		}
		for _, name := range ours.Scope().Names() {
			if o := ours.Scope().Lookup(name); o.Exported() && real.Scope().Lookup(name) == nil {
				t.Errorf("%s.%s is not Go's", ours.Path(), name)
			}
		}
		t.Logf("%s: %d names", real.Path(), names)
	}
}

// members are a type's exported fields, and methods of a pointer to it.
func members(of types.Type) (all []types.Object) {
	set := types.NewMethodSet(types.NewPointer(of))
	for i := range set.Len() {
		if m := set.At(i).Obj(); m.Exported() {
			all = append(all, m)
		}
	}
	if s, ok := of.Underlying().(*types.Struct); ok {
		for i := range s.NumFields() {
			if f := s.Field(i); f.Exported() {
				all = append(all, f)
			}
		}
	}
	return all
}
