package exercise_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

func TestStubHidesTheMarkedParts(t *testing.T) {
	got, err := exercise.Stub([]byte(`package p

import (
	"context"
	"sync"
)

// Add adds.
func Add(ctx context.Context) int {
	// BEGIN SOLUTION
	var mu sync.Mutex
	mu.Lock()
	return secret
	// END SOLUTION
}

// BEGIN SOLUTION
const secret = 1

// END SOLUTION
`))
	if err != nil {
		t.Fatal(err)
	}
	want := `package p

import (
	"context"
)

// Add adds.
func Add(ctx context.Context) int {
	// YOUR CODE HERE
	panic("not written yet")
}
`
	if strings.TrimSpace(string(got)) != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMarksMustFit(t *testing.T) {
	for name, source := range map[string]string{
		"none":           "package p\n",
		"only a begin":   "package p\n// BEGIN SOLUTION\n",
		"only an end":    "package p\n// END SOLUTION\n",
		"one in another": "package p\n// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION\n",
	} {
		if got, err := exercise.Stub([]byte(source)); err == nil {
			t.Errorf("%s: no error, and the stub\n%s", name, got)
		}
	}
}

// The sums were computed by nbgrader 0.9.6's compute_checksum.
func TestCellsCarryNbgradersMetadata(t *testing.T) {
	ex := &exercise.Exercise{Slug: "adder"}
	graded := notebook.NewCell(notebook.Code, "a", "")
	ex.GradedCell(graded, []byte("package adder\n\nfunc Add() {}\n"))
	check := notebook.NewCell(notebook.Code, "b", "")
	ex.CheckCell(check, 10)
	for _, c := range []struct {
		cell             *notebook.Cell
		source, metadata string
	}{
		{graded, "func Add() {}", `{"cell_type":"code","checksum":"6856676dfa20e699bc89d9a9dba42081","grade":false,"grade_id":"adder","locked":false,"schema_version":3,"solution":true,"task":false}`},
		{check, "import \"github.com/interleave-lab/interleave/kernel-helpers/check\"\n\n%%\ncheck.Exercise(\"adder\")", `{"cell_type":"code","checksum":"23d98545e8743dc3b5d8afaea52e2a30","grade":true,"grade_id":"adder-check","locked":true,"points":10,"schema_version":3,"solution":false,"task":false}`},
	} {
		got, err := json.Marshal(c.cell.Metadata["nbgrader"])
		if err != nil {
			t.Fatal(err)
		}
		if c.cell.Source != c.source || string(got) != c.metadata {
			t.Errorf("got %q with\n%s\nwant %q with\n%s", c.cell.Source, got, c.source, c.metadata)
		}
	}
}
