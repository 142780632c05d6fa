// Package release writes a course's notebooks as learners get them into the
// folder of a course that nbgrader runs, with the configuration that has the
// engine, and nothing else, award points.
package release

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// Released is one notebook on its way out.
type Released struct {
	Assignment string // nbgrader's name for it, such as day-03
	Path       string // below the course's source folder
	Version    string // tells releases of a notebook apart
	Changed    bool   // what stands at Path is not this

	content *notebook.Notebook
}

// day is how a notebook is named that holds a day.
var day = regexp.MustCompile(`^day-\d+`)

// Prepare makes the release of each notebook of the clone at root for the course
// folder: stubs in the graded cells, whatever stands there now, and no outputs.
// It writes nothing. A notebook that holds no exercise is an error.
func Prepare(root string, all []*exercise.Exercise, notebooks []string, course string) ([]*Released, error) {
	derived, _, err := exercise.DeriveAll(root, all)
	if err != nil {
		return nil, err
	}
	var released []*Released
	taken := map[string]string{} // assignment -> notebook
	for _, path := range notebooks {
		content, err := source(derived, path)
		if err != nil {
			return nil, err
		}
		name := filepath.Base(path)
		assignment := day.FindString(name)
		if assignment == "" {
			assignment = name[:len(name)-len(filepath.Ext(name))]
		}
		if other, ok := taken[assignment]; ok {
			return nil, fmt.Errorf("%s and %s would both be the assignment %s: name one of them", other, path, assignment)
		}
		taken[assignment] = path
		r := &Released{Assignment: assignment, Path: filepath.Join(course, "source", assignment, name), content: content}
		r.Version = version(content)
		stamp(content, r.Version)
		if r.Changed, err = differs(r); err != nil {
			return nil, err
		}
		released = append(released, r)
	}
	return released, nil
}

// Current tells each exercise which release of the course it is part of today: that of
// the notebook at root which holds its graded cell, whether it was ever handed out.
func Current(root string, all []*exercise.Exercise) error {
	derived, _, err := exercise.DeriveAll(root, all)
	if err != nil {
		return err
	}
	for _, d := range derived {
		if filepath.Ext(d.Path) != ".ipynb" {
			continue
		}
		n, err := source(derived, d.Path)
		if err != nil {
			return err
		}
		release := version(n)
		for _, c := range n.Cells {
			for _, e := range all {
				if exercise.Belongs(c) == e.Slug {
					e.Release = release
				}
			}
		}
	}
	return nil
}

// source is the notebook at path as its exercises' source makes it.
func source(derived []*exercise.Derived, path string) (*notebook.Notebook, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	for _, d := range derived {
		if at, err := os.Stat(d.Path); err != nil || !os.SameFile(info, at) || filepath.Ext(d.Path) != ".ipynb" {
			continue
		}
		n, err := notebook.Parse(d.Want)
		if err == nil {
			n.StripOutputs()
		}
		return n, err
	}
	return nil, fmt.Errorf("%s is none of the clone's notebooks with exercises: name one of notebooks/*.ipynb", path)
}

// differs reports whether r is news at its place, and fails where somebody has
// changed what an earlier release wrote.
func differs(r *Released) (bool, error) {
	there, err := notebook.Read(r.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	was := stamped(there)
	delete(there.Metadata, "interleave")
	if was != version(there) {
		return true, &EditedError{Path: r.Path}
	}
	return was != r.Version, nil
}

// EditedError tells that a released notebook was changed by hand.
type EditedError struct{ Path string }

func (e *EditedError) Error() string {
	return e.Path + " was changed after it was released, so it was left alone: move it away to have it written anew"
}

// Write puts the notebook in its place.
func (r *Released) Write() error {
	if err := os.MkdirAll(filepath.Dir(r.Path), 0o755); err != nil {
		return err
	}
	return r.content.Write(r.Path)
}

// version is the same for the same content, whoever releases it.
func version(n *notebook.Notebook) string {
	sum := sha256.Sum256(n.Bytes())
	return hex.EncodeToString(sum[:6])
}

func stamp(n *notebook.Notebook, version string) {
	if n.Metadata == nil {
		n.Metadata = map[string]any{}
	}
	n.Metadata["interleave"] = map[string]any{"release": version}
}

func stamped(n *notebook.Notebook) string {
	own, _ := n.Metadata["interleave"].(map[string]any)
	version, _ := own["release"].(string)
	return version
}
