// Package progress remembers what a learner has done: the last result of each exercise,
// and how many of its hints were shown. It is the learner's own note, in a folder of
// the user's, and no proof of anything: grading judges anew.
package progress

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Entry is what is remembered of one exercise.
type Entry struct {
	Hints     int       `json:"hints,omitempty"` // that were shown
	Verdict   string    `json:"verdict,omitempty"`
	Points    float64   `json:"points"` // of the public checks
	MaxPoints int       `json:"max_points"`
	Judged    time.Time `json:"judged,omitzero"` // when the last result came
	Done      bool      `json:"done,omitempty"`  // it has passed before
}

// Off is the variable that, set to anything, lets nothing be remembered: where nobody
// learns, as in a kernel that runs a notebook with its solutions.
const Off = "INTERLEAVE_PROGRESS_OFF"

// Book holds the entries, a file for each exercise, so that two checks at once do not
// lose each other's result.
type Book struct {
	Dir string
}

// Open returns the user's book: in the folder interleave of os.UserConfigDir, which
// $XDG_CONFIG_HOME moves. It need not be there yet.
func Open() (*Book, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return nil, fmt.Errorf("there is no folder to remember your progress in: %w", err)
	}
	return &Book{filepath.Join(dir, "interleave", "progress")}, nil
}

func (b *Book) file(slug string) string { return filepath.Join(b.Dir, slug+".json") }

// Of returns what is remembered of an exercise: a zero Entry if nothing is.
func (b *Book) Of(slug string) (Entry, error) {
	var e Entry
	text, err := os.ReadFile(b.file(slug))
	if errors.Is(err, fs.ErrNotExist) {
		return e, nil
	}
	if err != nil {
		return e, err
	}
	if err := json.Unmarshal(text, &e); err != nil {
		return Entry{}, fmt.Errorf("%s is damaged (%w): remove it, and what it remembered is forgotten", b.file(slug), err)
	}
	return e, nil
}

// Set remembers an entry, in one step: a reader finds the old one or the new one.
func (b *Book) Set(slug string, e Entry) error {
	if err := os.MkdirAll(b.Dir, 0o755); err != nil {
		return err
	}
	text, err := json.Marshal(e)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(b.Dir, "."+slug+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // already gone after the rename
	_, err = f.Write(append(text, '\n'))
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), b.file(slug))
}

// Judged remembers a result.
func (b *Book) Judged(slug, verdict string, passed bool, points float64, maxPoints int, at time.Time) error {
	e, err := b.Of(slug)
	if err != nil {
		return err
	}
	e.Verdict, e.Points, e.MaxPoints, e.Judged, e.Done = verdict, points, maxPoints, at, e.Done || passed
	return b.Set(slug, e)
}
