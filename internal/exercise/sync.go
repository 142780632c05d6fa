package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// Derived is a file of which all, or some cells, are made from an exercise's
// one source.
type Derived struct {
	Path    string
	Current []byte // nil when the file is not there
	Want    []byte
	Parts   []string // what differs, in words; nil when nothing does
	Answers []string // slugs whose graded cell holds somebody's work, which Want does not
}

// Differs reports whether the file is not what the source makes of it.
func (d *Derived) Differs() bool { return !bytes.Equal(d.Current, d.Want) }

// Write puts the file right.
func (d *Derived) Write() error { return os.WriteFile(d.Path, d.Want, 0o644) }

// DeriveAll returns every file that exercises are the source of: their stubs,
// and the notebooks of the clone at root that hold their cells. missing tells of what
// only an author can put right: cells that a notebook should hold and does not, and two
// exercises in one place.
func DeriveAll(root string, all []*Exercise) (derived []*Derived, missing []string, err error) {
	stubs := map[string]*placed{}
	for _, e := range all {
		solution, err := e.Solution.Source()
		if err != nil {
			return nil, nil, err
		}
		stub, err := Stub(solution)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", filepath.Join(e.Solution.Dir, "solution.go"), err)
		}
		hidden, err := e.Solution.Hidden()
		if err != nil {
			return nil, nil, err
		}
		current, err := os.ReadFile(e.StubPath())
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		d := &Derived{Path: e.StubPath(), Current: current, Want: stub}
		if d.Differs() {
			d.Parts = []string{"the stub"}
		}
		derived = append(derived, d)
		stubs[e.Slug] = &placed{exercise: e, stub: stub, points: Points(e.Checks) + Points(hidden)}
	}
	notebooks, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil {
		return nil, nil, err
	}
	for _, path := range notebooks {
		d, err := deriveNotebook(path, stubs)
		if err != nil {
			return nil, nil, err
		}
		if d != nil {
			derived = append(derived, d)
		}
	}
	return derived, append(crowded(all), unplaced(notebooks, all, stubs)...), nil
}

// placed is an exercise on its way into notebooks.
type placed struct {
	exercise *Exercise
	stub     []byte
	points   int
	found    map[string]bool // "exercise", "check"
}

// deriveNotebook fills in the cells that belong to exercises; nil when the
// notebook holds none.
func deriveNotebook(path string, exercises map[string]*placed) (*Derived, error) {
	n, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	d := &Derived{Path: path}
	if d.Current, err = os.ReadFile(path); err != nil {
		return nil, err
	}
	holds := false
	for _, c := range n.Cells {
		lesson, err := c.Lesson()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		slug := lesson.Exercise + lesson.Check + lesson.Task
		if slug == "" {
			continue
		}
		p := exercises[slug]
		if p == nil {
			return nil, fmt.Errorf("%s: cell %q belongs to an exercise %q, which is not there", path, c.ID, slug)
		}
		holds = true
		before, source, answered := string(n.Bytes()), c.Source, lesson.Exercise != "" && answered(c)
		part, err := p.fill(c, lesson)
		if err != nil {
			return nil, err
		}
		if answered && c.Source != source {
			d.Answers = append(d.Answers, slug)
		}
		if string(n.Bytes()) != before {
			d.Parts = append(d.Parts, part+" of "+slug)
		}
	}
	if !holds {
		return nil, nil
	}
	d.Want = n.Bytes()
	if d.Differs() && d.Parts == nil {
		d.Parts = []string{"its form"}
	}
	return d, nil
}

func (p *placed) fill(c *notebook.Cell, lesson notebook.Lesson) (part string, err error) {
	if p.found == nil {
		p.found = map[string]bool{}
	}
	switch {
	case lesson.Task != "":
		p.found["task"] = true
		c.Type = notebook.Markdown
		c.Source, err = p.exercise.Text()
		return "the task's text", err
	case lesson.Exercise != "":
		p.found["exercise"] = true
		p.exercise.GradedCell(c, p.stub)
		return "the graded cell", nil
	default:
		p.found["check"] = true
		p.exercise.CheckCell(c, p.points)
		return "the check cell", nil
	}
}

// crowded tells of exercises that say to be the same task of a day.
func crowded(all []*Exercise) (missing []string) {
	type place struct{ day, task int }
	first := map[place]string{}
	for _, e := range all {
		at := place{e.Day, e.Task}
		if other, taken := first[at]; taken {
			missing = append(missing, fmt.Sprintf(`%s and %s both say to be task %d of day %d: give one another "task" in its exercise.json`, other, e.Slug, e.Task, e.Day))
		}
		first[at] = e.Slug
	}
	return missing
}

// unplaced tells of exercises whose day has a notebook that does not hold them.
func unplaced(notebooks []string, all []*Exercise, exercises map[string]*placed) (missing []string) {
	for _, e := range all {
		day := fmt.Sprintf("day-%02d-", e.Day)
		for _, path := range notebooks {
			if !strings.HasPrefix(filepath.Base(path), day) {
				continue
			}
			for _, key := range []string{"task", "exercise", "check"} {
				if !exercises[e.Slug].found[key] {
					missing = append(missing, fmt.Sprintf(`%s: no cell has the metadata {"interleave": {%q: %q}}`, filepath.Base(path), key, e.Slug))
				}
			}
		}
	}
	return missing
}
