package foresight

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// What a check cell takes is the whole report, once, and only of what it asks for.
func TestTaking(t *testing.T) {
	seed := uint64(3)
	report := &engine.Report{
		Exercise: "adder", Verdict: engine.Race, Notes: []string{"note"}, Sandbox: "landlock",
		Checks: []engine.Result{{Name: "Adds", Verdict: engine.Race, Seed: &seed, MaxPoints: 2}},
		Replay: &engine.Replay{
			Check: "Adds", Seed: seed, Delays: []record.Delay{{}}, Verdict: engine.Race,
			Events: []record.Event{{From: 1, To: 2, Kind: record.HeldBack, Long: true}}, Places: []weave.Place{{Unit: "Add", Line: 2}},
			Ends: make([]explain.End, 1), Lines: map[string][]string{"Add": {"func Add() {", "}"}},
		},
	}
	s := Shelf(t.TempDir())
	for name, c := range map[string]struct {
		slug, key string
		want      *engine.Report
	}{
		"what was asked for": {"adder", "one", report},
		"another answer":     {"adder", "two", nil},
		"another exercise":   {"divider", "one", nil},
	} {
		if err := s.Put("adder", "one", report); err != nil {
			t.Fatal(err)
		}
		if got := s.Take(c.slug, c.key); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
		if got := s.Take(c.slug, c.key); got != nil {
			t.Errorf("%s: it is there a second time: %+v", name, got)
		}
	}
}

func TestTakingWhatIsDamaged(t *testing.T) {
	s := Shelf(t.TempDir())
	if err := s.Put("adder", "one", &engine.Report{Exercise: "adder"}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(s.file("adder"))
	if err != nil {
		t.Fatal(err)
	}
	for length := range whole {
		if err := os.WriteFile(s.file("adder"), whole[:length], 0o600); err != nil {
			t.Fatal(err)
		}
		if got := s.Take("adder", "one"); got != nil {
			t.Fatalf("its first %d bytes are taken for %+v", length, got)
		}
	}
}

// A report that cannot be kept leaves nothing behind.
func TestPuttingWhereNothingCanBe(t *testing.T) {
	s := Shelf(t.TempDir())
	if err := os.MkdirAll(filepath.Join(s.file("adder"), "in", "the", "way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if s.Put("adder", "one", new(engine.Report)) == nil {
		t.Error("a report was put where a folder is")
	}
	if found, _ := filepath.Glob(filepath.Join(string(s), "foreseen-new-*")); len(found) > 0 {
		t.Errorf("left behind: %q", found)
	}
	gone := Shelf(filepath.Join(string(s), "gone"))
	if gone.Put("adder", "one", new(engine.Report)) == nil {
		t.Error("a report was put into a folder that is not there")
	}
	if _, err := gone.Claim("adder"); err == nil || errors.Is(err, ErrClaimed) {
		t.Errorf("claiming in a folder that is not there: %v", err)
	}
}

func TestClaiming(t *testing.T) {
	s := Shelf(t.TempDir())
	release, err := s.Claim("adder")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Claim("adder"); !errors.Is(err, ErrClaimed) {
		t.Errorf("claimed twice: %v", err)
	}
	if other, err := s.Claim("divider"); err != nil {
		t.Error(err)
	} else {
		other()
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Await(ctx, "adder"); !errors.Is(err, context.Canceled) {
		t.Errorf("an interrupted wait: %v", err)
	}
	claimed := make(chan error)
	go func() {
		release, err := s.Await(t.Context(), "adder")
		if err == nil {
			release()
		}
		claimed <- err
	}()
	release()
	if err := <-claimed; err != nil {
		t.Error(err)
	}
}

// Everything that a verdict depends on is in the key.
func TestKey(t *testing.T) {
	known := map[string]string{}
	for name, key := range map[string]func() (string, error){
		"one":  func() (string, error) { return Key(&exercise.Program{Source: []byte("a")}, "v", "s") },
		"text": func() (string, error) { return Key(&exercise.Program{Source: []byte("b")}, "v", "s") },
		"imports": func() (string, error) {
			return Key(&exercise.Program{Source: []byte("a"), Imports: []string{"x"}}, "v", "s")
		},
		"lines": func() (string, error) {
			return Key(&exercise.Program{Source: []byte("a"), Lines: map[string][]string{"A": {"a"}}}, "v", "s")
		},
		"version": func() (string, error) { return Key(&exercise.Program{Source: []byte("a")}, "w", "s") },
		"sandbox": func() (string, error) { return Key(&exercise.Program{Source: []byte("a")}, "v", "none") },
	} {
		got, err := key()
		if err != nil {
			t.Fatal(err)
		}
		if other, ok := known[got]; ok {
			t.Errorf("%s and %s have the same key", name, other)
		}
		known[got] = name
	}
	with, err := Key(&exercise.Program{Source: []byte("a"), Notes: []string{"saved later"}}, "v", "s")
	if known[with] != "one" || err != nil {
		t.Errorf("a note changes the key: %v", err)
	}
}
