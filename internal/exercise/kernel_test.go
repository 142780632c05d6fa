package exercise_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// composed is what the kernel makes of cells, with sources in Go's format.
func composed(declarations ...string) []byte {
	return []byte("package main\n\nimport (\n\t\"check\"\n)\n\n" + strings.Join(declarations, "\n\n") +
		"\n\nfunc main() {\n\tcheck.Exercise(\"adder\")\n}\n")
}

const longAdd = "func Add(a, b int) int {\n\tsum := plus(a, b)\n\treturn sum\n}"

// A learner finds the same place whether the notebook was saved or not.
func TestPositionsInTheKernelAreThoseInTheNotebook(t *testing.T) {
	const plus = "func plus(a, b int) int { return a + b }"
	kernel, err := adder.FromKernel(composed(longAdd, plus))
	if err != nil {
		t.Fatal(err)
	}
	saved, err := adder.FromNotebook(cells(t, "// mine\n"+plus, "graded:import \"fmt\"\n\n"+longAdd))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []*exercise.Program{kernel, saved} {
		if got := p.Quote("Add", 3); got != "return sum" || !strings.Contains(string(p.Source), "//line Add:1:1\nfunc Add") {
			t.Errorf("line 3 of Add is %q:\n%s", got, p.Source)
		}
	}
}

func TestWhatTheKernelHasNotRunIsNoMistakeInIt(t *testing.T) {
	_, err := adder.FromKernel(composed())
	var source *exercise.SourceError
	if !errors.As(err, &source) || source.Kind != exercise.Unrun || !strings.Contains(err.Error(), "does not know Add. Run the cell with your code") {
		t.Errorf("got %v", err)
	}
}

func TestWhatDiffersFromTheSavedNotebook(t *testing.T) {
	const typ, constants = "type pair struct{ a, b int }", "const (\n\tone = 1 + iota\n\ttwo\n)"
	const uses = "func Add(a, b int) int { return pair{a, two}.a }"
	for name, c := range map[string]struct {
		kernel, saved, want []string
	}{
		"nothing":                        {[]string{uses, typ, constants}, []string{constants + "\n" + typ, uses}, nil},
		"the format alone":               {[]string{longAdd}, []string{strings.ReplaceAll(longAdd, "\t", "    ") + "\n\n"}, nil},
		"a block that the kernel cut up": {[]string{uses, typ, "const (\n\tone = 1 + iota\n\ttwo\n)"}, []string{"const (\n\tone = 1 + iota // as much as it says\n\ttwo\n)", typ, uses}, nil},
		"the last of two":                {[]string{add}, []string{longAdd, add}, nil},
		"what was saved before the last": {[]string{longAdd}, []string{add}, []string{"Add"}},
		"two":                            {[]string{uses, typ, constants}, []string{"type pair struct{}\n" + add, constants}, []string{"Add", "pair"}},
		"a graded cell that is broken":   {[]string{add}, []string{"graded:func Add( {"}, []string{"Add"}},
		"another cell that is broken":    {[]string{add}, []string{add, "func other( {"}, nil},
		"what is not judged":             {[]string{add, "func other() {}"}, []string{add, "func other() int"}, nil},
		"what was never saved":           {[]string{add}, nil, nil},
		"a notebook in no state for it":  {[]string{add}, []string{"import . \"fmt\"\n" + longAdd}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := adder.FromKernel(composed(c.kernel...))
			if err != nil {
				t.Fatal(err)
			}
			if got := adder.Differs(p, cells(t, c.saved...)); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAStubInTheKernelIsKnown(t *testing.T) {
	const uses = "func Add(a, b int) int { return plus(a, b) }"
	p, err := adder.FromKernel(composed(uses, "func plus(a, b int) int {\n\tpanic(\"not written yet\")\n}"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"plus": true, "Add": false} {
		if got := p.Unwritten([]string{name}); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
