package cli

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/foresight"
	"github.com/interleave-lab/interleave/internal/project"
)

// A check cell takes what was judged when the answer ran, once, and says of it what it
// says itself. Any other answer is judged.
func TestWhatWasForeseenIsTaken(t *testing.T) {
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(root)
	if err != nil {
		t.Fatal(err)
	}
	const slug = "page-downloader"
	ex, err := exercise.Load(root, "", slug)
	if err != nil {
		t.Fatal(err)
	}
	program := func(file string) *exercise.Program {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := ex.FromFile(filepath.Base(file), text)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	shelf := foresight.Shelf(t.TempDir())
	command, err := commandFile()
	if err != nil {
		t.Fatal(err)
	}
	ended := false
	f := foreseer{engine: e, root: root, shelf: shelf, command: command, end: func() { ended = true }}
	right, stub := program(filepath.Join(ex.Solution.Dir, "solution.go")), program(ex.StubPath())
	judge := func(p *exercise.Program, want engine.Verdict, foreseen bool) {
		t.Helper()
		r := judgeForeseen(t.Context(), e, ex, p, shelf)
		if r.Verdict != want || !slices.Contains(r.Notes, "its own") || (r.Output == "made before") != foreseen {
			t.Errorf("%s, printed %q, notes %q; want %s, foreseen %v", r.Verdict, r.Output, r.Notes, want, foreseen)
		}
	}
	f.judge(t.Context(), ex, right)
	key, err := foreseenKey(t.Context(), e, ex, right)
	if err != nil {
		t.Fatal(err)
	}
	made := shelf.Take(slug, key)
	if made == nil || made.Verdict != engine.Passed {
		t.Fatalf("foreseen: %+v", made)
	}
	made.Output = "made before" // by this it is known again
	right.Notes, stub.Notes = []string{"its own"}, []string{"its own"}
	put := func() {
		t.Helper()
		if err := shelf.Put(slug, key, made); err != nil {
			t.Fatal(err)
		}
	}
	put()
	judge(right, engine.Passed, true)
	judge(right, engine.Passed, false)
	if len(f.answers(nil)) > 0 || ended {
		t.Error("nothing is answered, or the command is another")
	}
	other, err := os.Stat(ex.StubPath())
	if err != nil {
		t.Fatal(err)
	}
	f.command = other
	if f.answers(nil); !ended {
		t.Error("it goes on after the command was built again")
	}
	put()
	judge(stub, engine.Failed, false)
	judge(right, engine.Passed, false)
}
