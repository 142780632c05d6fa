package explore

import (
	"reflect"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/shrink"
)

// The same seed fails in the same way, step by step.
func TestASeedShowsTheSameAgain(t *testing.T) {
	t.Parallel()
	archive, err := txtar.ParseFile("testdata/counter.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir, err := resolve(unpack(t, archive))
	if err != nil {
		t.Fatal(err)
	}
	l, err := load(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	subjects, _, err := choose(l.target, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := build(t.Context(), l, subjects, &Request{}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for i := range subjects {
		s := &subjects[i]
		first, err := p.judge(t.Context(), s, Request{Seeds: 100})
		if err != nil {
			t.Fatal(err)
		}
		if first.Verdict == explain.Passed {
			continue
		}
		for range 10 {
			again, err := p.judge(t.Context(), s, Request{First: *first.Seed, Seeds: 1})
			if err != nil {
				t.Fatal(err)
			}
			if again.Verdict != first.Verdict || again.Message != first.Message || !reflect.DeepEqual(again.Steps, first.Steps) {
				t.Fatalf("first\n%sand again\n%s", first.text(), again.text())
			}
		}
		if got := shrink.Long(first.Story.Events); len(got) != len(first.Delays) {
			t.Errorf("%s was drawn with %d long delays, and needs %d", s.name, len(got), len(first.Delays))
		}
	}
}
