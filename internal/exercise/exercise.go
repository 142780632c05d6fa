// Package exercise is one graded task, from its single source to what others
// need of it: the stub, the notebook's cells, and a learner's program taken out
// of a notebook, a kernel or a file.
//
// It builds and runs nothing: see internal/engine.
package exercise

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Module is the import path of the course.
const Module = "github.com/interleave-lab/interleave"

// Exercise is one task, read from exercises/<slug>/ and, for a teacher, from
// solutions/<slug>/.
type Exercise struct {
	Slug     string
	Manifest          // exercises/<slug>/exercise.json
	Dir      string   // exercises/<slug> of the clone
	Solution Solution // what a teacher holds
	Checks   []Check  // the public ones, in the order of the source
	Release  string   // the course's present one, of the notebook that holds the exercise; "" when nobody asked
}

// Slug is how an exercise is named in folders, metadata and commands: it is
// also nbgrader's grade_id.
var slugForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// Load reads the exercise from the clone at root. Its solution is looked for in
// solutions, or in root/solutions when solutions is empty.
//
// An unknown slug is an error that lists the known ones.
func Load(root, solutions, slug string) (*Exercise, error) {
	if !slugForm.MatchString(slug) {
		return nil, fmt.Errorf("%q does not name an exercise: a name is lower-case words joined by hyphens, such as page-downloader", slug)
	}
	dir := filepath.Join(root, "exercises", slug)
	manifest, err := readManifest(filepath.Join(dir, "exercise.json"))
	if errors.Is(err, fs.ErrNotExist) {
		known, listErr := Slugs(root)
		if listErr != nil {
			return nil, listErr
		}
		return nil, fmt.Errorf("there is no exercise %q; there are: %s", slug, strings.Join(known, ", "))
	}
	if err != nil {
		return nil, err
	}
	checks, err := readChecks(filepath.Join(dir, "checks"))
	if err != nil {
		return nil, err
	}
	if len(checks) == 0 {
		return nil, fmt.Errorf("%s holds no check: write functions such as func TestOrder(t *testing.T)", filepath.Join(dir, "checks"))
	}
	if solutions == "" {
		solutions = filepath.Join(root, "solutions")
	}
	e := &Exercise{Slug: slug, Manifest: manifest, Dir: dir, Checks: checks, Solution: Solution{Dir: filepath.Join(solutions, slug)}}
	return e, nil
}

// Slugs returns the exercises of the clone at root, sorted.
func Slugs(root string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(root, "exercises", "*", "exercise.json"))
	if err != nil {
		return nil, err
	}
	for i, file := range found {
		found[i] = filepath.Base(filepath.Dir(file))
	}
	slices.Sort(found)
	return found, nil
}

// LoadAll reads every exercise of the clone, in the order in which the course
// meets them.
func LoadAll(root, solutions string) ([]*Exercise, error) {
	slugs, err := Slugs(root)
	if err != nil {
		return nil, err
	}
	all := make([]*Exercise, len(slugs))
	for i, slug := range slugs {
		if all[i], err = Load(root, solutions, slug); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b *Exercise) int {
		if a.Day != b.Day {
			return a.Day - b.Day
		}
		return a.Task - b.Task
	})
	return all, nil
}

// Package is the name of the exercise's package.
func (e *Exercise) Package() string { return strings.ReplaceAll(e.Slug, "-", "") }

// ImportPath is what checks import to reach the learner's program.
func (e *Exercise) ImportPath() string { return path.Join(Module, "exercises", e.Slug) }

// StubPath is the file that the learner's program takes the place of.
func (e *Exercise) StubPath() string { return filepath.Join(e.Dir, e.Slug+".go") }

// Text returns the task's text, in Markdown.
func (e *Exercise) Text() (string, error) {
	text, err := os.ReadFile(filepath.Join(e.Dir, "task.md"))
	return strings.TrimRight(string(text), "\n"), err
}
