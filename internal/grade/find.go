// Package grade judges many submissions: it finds them, hands every exercise of
// each to the engine, and goes on whatever one of them holds.
package grade

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Submission is one file that was handed in: a notebook, a Go file, or a zip.
type Submission struct {
	Name string // its path below the folder that is graded
	Path string
}

// submitted are the ends of names that answers have.
var submitted = map[string]bool{".ipynb": true, ".go": true, ".zip": true}

// Find returns what was handed in at and below paths, each once, sorted by name.
// Jupyter's checkpoints and hidden folders are passed over.
func Find(paths []string) ([]Submission, error) {
	var found []Submission
	for _, path := range paths {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no %s: name notebooks, Go files or zips, or folders that hold some", path)
		}
		if err != nil {
			return nil, err
		}
		if !info.IsDir() {
			found = append(found, Submission{Name: filepath.Base(path), Path: path})
			continue
		}
		root := path + string(filepath.Separator) + "." // walks on if path is a link
		err = filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case entry.IsDir() && file != root && strings.HasPrefix(entry.Name(), "."):
				return filepath.SkipDir
			case entry.IsDir() || !submitted[strings.ToLower(filepath.Ext(file))]:
				return nil
			}
			name, err := filepath.Rel(path, file)
			found = append(found, Submission{Name: filepath.ToSlash(name), Path: file})
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no notebook (.ipynb), Go file or zip in %s", strings.Join(paths, ", "))
	}
	if len(paths) > 1 {
		// Two folders may hold the same names.
		for i := range found {
			found[i].Name = filepath.ToSlash(found[i].Path)
		}
	}
	slices.SortFunc(found, func(a, b Submission) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(found, func(a, b Submission) bool { return a.Path == b.Path }), nil
}
