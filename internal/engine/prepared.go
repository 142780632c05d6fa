package engine

import (
	"context"
	"path/filepath"
	"slices"

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

// Renew has the next judgement look again at Go and at the course, which may have
// changed: for an engine that is kept. The sandbox stays as it was chosen.
func (e *Engine) Renew() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.tools, e.broken = nil, nil
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
			checks, err := sources(folder)
			if err != nil {
				return nil, err
			}
			for _, imported := range checks.Imports {
				if imported != ex.ImportPath() {
					all = append(all, imported)
				}
			}
		}
	}
	return all, nil
}
