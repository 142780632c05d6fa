package engine

import (
	"context"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/toolchain"
	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// woven is what a woven program imports beside its own.
var woven = []string{weave.Schedule, weave.Schedule + "/sync", weave.Schedule + "/maps", weave.Schedule + "/atomic", weave.Schedule + "/rand", weave.Schedule + "/rand/v2"}

// toolchain returns Go's tools, with all prepared that the exercise's packages
// import. What every exercise of the clone needs is prepared at once.
func (e *Engine) toolchain(ctx context.Context, ex *exercise.Exercise, packages []toolchain.Package) (*toolchain.Toolchain, error) {
	var needed []string
	for _, p := range packages {
		needed = append(needed, p.Imports...)
	}
	needed = slices.DeleteFunc(needed, func(path string) bool { return path == ex.ImportPath() })
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.tools != nil && e.tools.Has(needed) {
		return e.tools, nil
	}
	if e.broken != nil {
		return nil, e.broken
	}
	all, err := e.packages()
	if err == nil {
		e.tools, err = toolchain.Open(ctx, toolchain.Options{Dir: e.root, Packages: append(all, needed...), Slow: e.Preparing})
	}
	if ctx.Err() == nil {
		e.broken = err // and stays so: asking takes a second
	}
	return e.tools, err
}

// packages are those that programs and checks of the clone's exercises import.
func (e *Engine) packages() ([]string, error) {
	all := slices.Concat([]string{judgePackage}, woven, exercise.Base)
	exercises, err := exercise.LoadAll(e.root, "")
	if err != nil {
		return nil, err
	}
	for _, ex := range exercises {
		all = append(all, ex.Imports...)
		for _, folder := range []string{filepath.Join(ex.Dir, "checks"), filepath.Join(ex.Solution.Dir, "hidden")} {
			_, imports, err := sources(folder)
			if err != nil {
				return nil, err
			}
			for _, imported := range imports {
				if imported != ex.ImportPath() {
					all = append(all, imported)
				}
			}
		}
	}
	return all, nil
}

// sources returns the Go files of a folder of checks and what they import.
func sources(folder string) (files, imports []string, err error) {
	found, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return nil, nil, err
	}
	for _, file := range found {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return nil, nil, err
		}
		for _, spec := range parsed.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				imports = append(imports, path)
			}
		}
		files = append(files, file)
	}
	return files, imports, nil
}
