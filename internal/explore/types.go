package explore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// checker is Go's type checker on the packages that are woven, from their text. It reads
// the others as the compiler has left them. Errors are none of its business: what it does
// not know, the compiler will tell.
type checker struct {
	fset   *token.FileSet
	units  map[string]*unit // by import path
	others types.Importer
	info   types.Info
}

// unit is a package, or the tests that stand outside of theirs.
type unit struct {
	files []*ast.File
	begun bool
	types *types.Package
}

func newChecker() *checker {
	return &checker{fset: token.NewFileSet(), units: map[string]*unit{}, info: types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
	}}
}

// add adds a file of a package.
func (c *checker) add(path string, file *ast.File) {
	if c.units[path] == nil {
		c.units[path] = &unit{}
	}
	c.units[path].files = append(c.units[path].files, file)
}

// check checks all packages. dir is a folder of their module. It is left alone when ctx is
// done: a program can make it endless.
func (c *checker) check(ctx context.Context, dir string) error {
	exported, err := exports(ctx, dir, c.imports())
	if err != nil {
		return err
	}
	c.others = importer.ForCompiler(c.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exported[path] == "" {
			return nil, fmt.Errorf("Go has not compiled %s", path)
		}
		return os.Open(exported[path])
	})
	done := make(chan bool)
	go func() {
		defer close(done)
		for path := range c.units {
			_, _ = c.Import(path)
		}
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Import is what the type checker calls for an import.
func (c *checker) Import(path string) (*types.Package, error) {
	u := c.units[path]
	if u == nil {
		return c.others.Import(path)
	}
	if !u.begun {
		u.begun = true
		config := types.Config{Importer: c, Error: func(error) {}, Sizes: types.SizesFor("gc", runtime.GOARCH)}
		u.types, _ = config.Check(path, c.fset, u.files, &c.info)
	}
	if u.types == nil {
		return nil, errors.New("import cycle")
	}
	return u.types, nil
}

// imports are those that are no units.
func (c *checker) imports() (paths []string) {
	for _, u := range c.units {
		for _, file := range u.files {
			for _, spec := range file.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err == nil && c.units[path] == nil && path != "unsafe" && !strings.Contains(path, place) {
					paths = append(paths, path)
				}
			}
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// exports returns where the compiler has left what it says of packages, which it needs for
// the build in any case.
func exports(ctx context.Context, dir string, paths []string) (map[string]string, error) {
	files := map[string]string{}
	if len(paths) == 0 {
		return files, nil
	}
	cmd := goCommand(ctx, dir, append([]string{"list", "-e", "-race", "-export", "-f={{.ImportPath}}\t{{.Export}}", "--"}, paths...)...)
	var out bytes.Buffer
	cmd.Stdout = &out
	var exit *exec.ExitError
	if err := cmd.Run(); ctx.Err() != nil {
		return nil, ctx.Err()
	} else if err != nil && !errors.As(err, &exit) {
		return nil, fmt.Errorf("go list in %s: %w", dir, err)
	}
	for line := range strings.Lines(out.String()) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path] = file
	}
	return files, nil
}

// over returns what a loop goes over.
func (c *checker) over(e ast.Expr) weave.Kind {
	t := c.info.TypeOf(e)
	if t == nil {
		return weave.Unknown
	}
	return kindOf(t)
}

func kindOf(t types.Type) weave.Kind {
	switch under := t.Underlying().(type) {
	case *types.Map:
		return weave.Map
	case *types.Chan, *types.Signature:
		return weave.Stream
	case *types.Basic:
		if under.Kind() == types.Invalid {
			return weave.Unknown
		}
	case *types.Interface: // a type parameter's, whose types have all the same kind
		for embedded := range under.EmbeddedTypes() {
			if union, ok := embedded.(*types.Union); ok {
				embedded = union.Term(0).Type()
			}
			if kind := kindOf(embedded); kind != weave.Unknown {
				return kind
			}
		}
		return weave.Unknown
	}
	return weave.Values
}
