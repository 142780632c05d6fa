package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// A cell that was seen before is compiled from a cache: its time would say nothing.
func TestEachTryIsNewAndStaysOnItsLines(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	all, err := exercise.LoadAll(root, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range all {
		wrong := map[string]bool{}
		for round := range 3 {
			answers, err := tries(ex, round)
			if err != nil {
				t.Fatalf("%s: %v", ex.Slug, err)
			}
			for _, a := range answers {
				once, err := a.unseen(ex)
				if err != nil {
					t.Fatalf("%s, %s: %v", ex.Slug, a.name, err)
				}
				again, err := a.unseen(ex)
				if err != nil || once == again {
					t.Errorf("%s, %s: the same twice, %v", ex.Slug, a.name, err)
				}
				_, code, _ := strings.Cut(a.source, "\npackage ")
				if strings.HasPrefix(a.source, "package ") {
					code = a.source
				}
				if got, want := strings.Count(once, "\n"), strings.Count(code, "\n")-1; got != want {
					t.Errorf("%s, %s: %d lines, were %d", ex.Slug, a.name, got, want)
				}
				if !a.passes {
					wrong[a.name] = true
				}
			}
		}
		if len(wrong) < 2 {
			t.Errorf("%s: each round has the same wrong answers: %v", ex.Slug, wrong)
		}
	}
}
