package filter

import (
	"fmt"
	"path"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// imports says which package the program may not have.
func imports(ex *exercise.Exercise, paths []string) string {
	for _, imported := range paths {
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
