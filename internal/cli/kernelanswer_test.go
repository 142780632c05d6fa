package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// A reader runs, edits, saves and checks, in this order and in others.
func TestWhichVersionWasJudged(t *testing.T) {
	const stub, one, two = "func Add() int {\n\tpanic(\"not written yet\")\n}", "func Add() int { return 1 }", "func Add() int { return 2 }"
	const silent, neutral, changed = "", "The answer that ran last was judged, and the saved notebook holds another", "You changed Add after it ran"
	type step struct{ runs, saves, notes string }
	for name, steps := range map[string][]step{
		"never saved":                           {{runs: one, notes: silent}},
		"saved as it ran":                       {{saves: one, runs: one, notes: silent}},
		"saved before the last run":             {{saves: one, runs: two, notes: neutral}},
		"run again before it was saved":         {{saves: stub, runs: one, notes: neutral}, {runs: two, notes: neutral}, {saves: two, notes: silent}},
		"edited after a check, and not run":     {{saves: one, runs: one, notes: silent}, {saves: two, notes: changed}, {notes: changed}, {runs: two, notes: silent}},
		"edited before any check, and not run":  {{runs: stub, saves: one, notes: changed}},
		"half of it saved while it was written": {{saves: one, runs: one, notes: silent}, {saves: "func Add() int { return }", runs: two, notes: neutral}},
		"broken, so that it could not run":      {{saves: one, runs: one, notes: silent}, {saves: "func Add() {", notes: changed}, {runs: two, notes: neutral}, {saves: two, notes: silent}},
		"a save that cannot be read":            {{saves: "!", runs: one, notes: silent}},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			ex := &exercise.Exercise{Slug: "adder", Manifest: exercise.Manifest{Entry: []string{"Add"}}}
			lesson := filepath.Join(dir, "lesson.ipynb")
			kernel := ""
			for i, s := range steps {
				switch s.saves {
				case "":
				case "!":
					write(t, lesson, "{")
				default:
					n := notebook.Notebook{Minor: 5, Cells: []*notebook.Cell{notebook.NewCell(notebook.Code, "only", s.saves)}}
					n.Cells[0].Metadata["interleave"] = map[string]any{"exercise": "adder"}
					if err := n.Write(lesson); err != nil {
						t.Fatal(err)
					}
					age(t, lesson, time.Minute)
				}
				if s.runs != "" {
					kernel = s.runs
				}
				p, err := fromKernel(ex, []byte("package main\n\n"+kernel), dir, lesson)
				if err != nil {
					t.Fatal(err)
				}
				notes := strings.Join(p.Notes, "\n")
				if s.notes == silent && notes != "" || !strings.HasPrefix(notes, s.notes) {
					t.Errorf("check %d notes %q, want %q", i+1, notes, s.notes)
				}
				age(t, lesson, time.Hour)
				age(t, filepath.Join(dir, "judged-adder"), time.Hour)
			}
		})
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// age puts a file's last change back, as if so much time had passed.
func age(t *testing.T, file string, by time.Duration) {
	t.Helper()
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	then := info.ModTime().Add(-by)
	if err := os.Chtimes(file, then, then); err != nil {
		t.Fatal(err)
	}
}
