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
// Jupyter's checkpoints and hidden folders are passed over. A folder that cannot be read,
// or has an answer's name and holds none, is found in the place of what it should hold.
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
			case errors.Is(err, fs.ErrPermission) && file != root:
				found = append(found, below(path, file))
				return fs.SkipDir
			case err != nil:
				return err
			case entry.IsDir() && answers(file) && !holdsAnswers(file):
				found = append(found, below(path, file))
				return fs.SkipDir
			case entry.IsDir() && file != root && strings.HasPrefix(entry.Name(), "."):
				return filepath.SkipDir
			case !entry.IsDir() && answers(file):
				found = append(found, below(path, file))
			}
			return nil
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

// below is what stands at file, called by its path below the folder.
func below(folder, file string) Submission {
	name, err := filepath.Rel(folder, file)
	if err != nil {
		name = file // of a path that was walked from the folder there is always one
	}
	return Submission{Name: filepath.ToSlash(name), Path: file}
}

// answers reports whether a file is called as answers are.
func answers(file string) bool { return submitted[strings.ToLower(filepath.Ext(file))] }

// holdsAnswers reports whether a folder holds something that is called as answers are, or
// cannot be looked into.
func holdsAnswers(folder string) bool {
	found := false
	err := filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		found = found || err == nil && !entry.IsDir() && answers(file)
		return err
	})
	return found || err != nil
}
