package engine

import (
	"fmt"
	"path"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// filter says why the program may not be run, or "". Orders to the compiler,
// imports with a dot and init are refused where the program is read.
func filter(ex *exercise.Exercise, p *exercise.Program) string {
	for _, imported := range p.Imports {
		if ex.Allows(imported) {
			continue
		}
		if why := exercise.Denied(imported); why != "" {
			return fmt.Sprintf("The program uses package %s, which a graded program may not: %s.", imported, why)
		}
		return fmt.Sprintf("The program uses package %s, which this exercise does not allow. It allows: %s.", imported, allowed(ex))
	}
	return ""
}

func allowed(ex *exercise.Exercise) string {
	var names []string
	for _, list := range [][]string{exercise.Base, ex.Imports} {
		for _, imported := range list {
			names = append(names, strings.TrimPrefix(imported, path.Join(exercise.Module, "kernel-helpers")+"/"))
		}
	}
	return strings.Join(names, ", ")
}
