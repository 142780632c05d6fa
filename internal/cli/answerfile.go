package cli

import (
	"fmt"
	"path/filepath"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// notebookOf is the course's own notebook of an exercise's day.
func notebookOf(root string, ex *exercise.Exercise) (string, error) {
	found, err := filepath.Glob(filepath.Join(root, "notebooks", fmt.Sprintf("day-%02d-*.ipynb", ex.Day)))
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", fmt.Errorf("there is no notebook of day %d: name the answer with --notebook or --program", ex.Day)
	}
	return found[0], nil
}
