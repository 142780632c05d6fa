package weave_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// sample is Go code by many hands, with all that the language has.
var sample = strings.Fields(`archive/tar archive/zip bufio bytes compress/flate container/heap container/list
	container/ring context database/sql encoding/gob encoding/json encoding/xml errors expvar flag fmt go/ast
	go/parser go/printer go/scanner go/types html/template io io/fs log log/slog math/big mime mime/multipart net/http
	net/http/httptest net/http/httputil net/mail net/rpc net/textproto net/url os/exec path/filepath regexp
	regexp/syntax runtime/trace slices sort strconv strings testing testing/iotest testing/quick
	text/tabwriter text/template text/template/parse time unicode/utf8
	golang.org/x/sync/errgroup golang.org/x/sync/semaphore golang.org/x/sync/singleflight
	go.uber.org/goleak github.com/spf13/cobra`)

// listed is what go list tells of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Module                  *struct{ GoVersion string }
}

func list(t *testing.T, paths []string) map[string]listed {
	t.Helper()
	args := append([]string{"list", "-e", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Module"}, paths...)
	cmd := exec.CommandContext(t.Context(), "go", args...)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]listed{}
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
}

func TestWovenCodeCompilesAndKeepsItsLines(t *testing.T) {
	dropIns := []string{weave.Schedule, weave.Schedule + "/sync", weave.Schedule + "/maps", weave.Schedule + "/atomic", weave.Schedule + "/rand", weave.Schedule + "/rand/v2"}
	packages := list(t, append(dropIns, sample...))
	woven := 0
	var seeded, notSeeded atomic.Int32 // loops over maps
	t.Cleanup(func() {
		t.Logf("the text says of %d loops that they are over a map, and not of %d", seeded.Load(), notSeeded.Load())
		if seeded.Load() < notSeeded.Load() {
			t.Error("of most it does not see that")
		}
	})
	for _, path := range sample {
		p := packages[path]
		if p.Export == "" {
			continue // of another version of Go, or not in this module
		}
		woven++
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			fset := token.NewFileSet()
			var files []*ast.File
			for _, name := range p.GoFiles {
				file := filepath.Join(p.Dir, name)
				source, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				w, err := weave.File(file, source, weave.Schedule)
				if err != nil {
					t.Fatal(err)
				}
				parsed, err := parser.ParseFile(fset, file, w.Text, parser.SkipObjectResolution)
				if err != nil {
					t.Fatal(err)
				}
				files = append(files, parsed)
				seeded.Add(int32(bytes.Count(w.Text, []byte(".Entries("))))
				keepsLines(t, file, source, w.Text)
			}
			lookup := func(path string) (io.ReadCloser, error) {
				for _, path := range []string{path, "vendor/" + path} {
					if file := packages[path].Export; file != "" {
						return os.Open(file)
					}
				}
				return nil, fmt.Errorf("%s: not listed", path)
			}
			config := types.Config{
				Importer: importer.ForCompiler(fset, "gc", lookup),
				Sizes:    types.SizesFor("gc", runtime.GOARCH),
				Error:    func(err error) { t.Error(err) },
			}
			info := types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
			if _, err := config.Check(path, fset, files, &info); err != nil {
				t.Error(err)
			}
			for _, file := range files {
				ast.Inspect(file, func(n ast.Node) bool {
					if loop, ok := n.(*ast.RangeStmt); ok && loop.Key != nil && overMap(info.TypeOf(loop.X)) {
						notSeeded.Add(1)
					}
					return true
				})
			}
		})
	}
	if woven < len(sample)*9/10 {
		t.Errorf("%d of %d packages were there", woven, len(sample))
	}
}

func overMap(of types.Type) bool {
	if of == nil {
		return false
	}
	_, ok := of.Underlying().(*types.Map)
	return ok
}

// keepsLines checks that each name of the source stands on its line, as often as there.
// What a select's cases communicate moves to the select.
func keepsLines(t *testing.T, file string, source, woven []byte) {
	t.Helper()
	moved := movedLines(t, source)
	after := namesByLine(woven)
	for line, names := range namesByLine(source) {
		if moved[line] {
			continue
		}
		count := map[string]int{}
		for _, name := range after[line] {
			count[name]++
		}
		for _, name := range names {
			if count[name]--; count[name] < 0 {
				t.Fatalf("%s:%d: %s is not there any more", file, line, name)
			}
		}
	}
}

func namesByLine(source []byte) map[int][]string {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(source))
	var s scanner.Scanner
	s.Init(file, source, nil, 0)
	names := map[int][]string{}
	for {
		pos, tok, literal := s.Scan()
		switch tok {
		case token.EOF:
			return names
		case token.IDENT:
			line := file.Line(pos)
			names[line] = append(names[line], literal)
		}
	}
}

// movedLines are those of what selects communicate, and of what is exchanged and
// of gotos, which get other names.
func movedLines(t *testing.T, source []byte) map[int]bool {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	moved := map[int]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		var part ast.Node
		switch n := n.(type) {
		case *ast.CommClause:
			if n.Comm != nil {
				part = n.Comm
			}
		case *ast.SelectorExpr:
			if n.Sel.Name == "Sleep" || n.Sel.Name == "AfterFunc" {
				part = n
			}
		case *ast.BranchStmt:
			part = n
		case *ast.LabeledStmt:
			part = n.Label
		}
		if part != nil {
			for line := fset.PositionFor(part.Pos(), false).Line; line <= fset.PositionFor(part.End(), false).Line; line++ {
				moved[line] = true
			}
		}
		return true
	})
	return moved
}
