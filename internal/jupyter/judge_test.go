package jupyter

import (
	"os"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

func printed(text string) *Result {
	return &Result{Outputs: []any{map[string]any{"output_type": "stream", "name": "stdout", "text": text}}}
}

func failed(text string) *Result {
	return &Result{Failed: true, Outputs: []any{
		map[string]any{"output_type": "stream", "name": "stderr", "text": text},
		map[string]any{"output_type": "error", "traceback": []any{"exit status 2"}},
	}}
}

func drawn(kind string) *Result {
	return &Result{Outputs: []any{map[string]any{"output_type": "display_data", "data": map[string]any{
		ChartType: map[string]any{"kind": kind}, "text/plain": "5 at once.",
	}}}}
}

func TestExpectations(t *testing.T) {
	for name, tc := range map[string]struct {
		expect  notebook.Expect
		result  *Result
		problem string // "" for none
	}{
		"nothing expected":             {notebook.Expect{}, printed("x"), ""},
		"a failure":                    {notebook.Expect{}, failed("panic: boom"), "boom"},
		"the text":                     {notebook.Expect{Text: "^a \\d$"}, printed("a 1"), ""},
		"another text":                 {notebook.Expect{Text: "^a \\d$"}, printed("b"), "expected to show text"},
		"the sentence of a chart":      {notebook.Expect{Text: "5 at once"}, drawn("timeline"), ""},
		"the chart":                    {notebook.Expect{Chart: "timeline"}, drawn("timeline"), ""},
		"another chart":                {notebook.Expect{Chart: "timeline"}, drawn("bar"), `it drew ["bar"]`},
		"no chart":                     {notebook.Expect{Chart: "timeline"}, printed("x"), "timeline chart"},
		"the error":                    {notebook.Expect{Error: "boom"}, failed("panic: boom"), ""},
		"another error":                {notebook.Expect{Error: "boom"}, failed("bang"), "expected to fail with an error like"},
		"no error":                     {notebook.Expect{Error: "boom"}, printed("boom"), "did not fail"},
		"text and failure":             {notebook.Expect{Text: "x"}, failed("x"), "it failed"},
		"the kernel's words":           {notebook.Expect{Error: "exit status 2"}, failed(""), ""},
		"a pattern that cannot be one": {notebook.Expect{Text: "("}, printed("x"), "not a regular expression"},
	} {
		t.Run(name, func(t *testing.T) {
			problem := unmet(tc.expect, tc.result)
			if (problem == "") != (tc.problem == "") || !strings.Contains(problem, tc.problem) {
				t.Errorf("said %q, want %q", problem, tc.problem)
			}
		})
	}
}

func TestACheckCellPassesOnlyWithAllChecks(t *testing.T) {
	for text, want := range map[string]bool{
		"5 of 5 public checks passed; hidden checks run after submission": true,
		"4 of 5 public checks passed":                                     false,
		"5 of 15 public checks passed":                                    false,
		"":                                                                false,
	} {
		if got := allPassed(text); got != want {
			t.Errorf("%q passes: %v", text, got)
		}
	}
}

func TestAnUntouchedTaskIsNotBroken(t *testing.T) {
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	all, err := exercise.LoadAll(root, "")
	if err != nil || len(all) == 0 {
		t.Fatalf("%d exercises, error %v", len(all), err)
	}
	stub, err := os.ReadFile(all[0].StubPath())
	if err != nil {
		t.Fatal(err)
	}
	graded := notebook.NewCell(notebook.Code, "graded", "")
	all[0].GradedCell(graded, stub)
	graded.Metadata["interleave"] = map[string]any{"exercise": all[0].Slug}
	try := notebook.NewCell(notebook.Code, "try", "")
	check := notebook.NewCell(notebook.Code, "check", "")
	check.Metadata["interleave"] = map[string]any{"check": all[0].Slug}
	after := notebook.NewCell(notebook.Code, "after", "")
	n := &notebook.Notebook{Minor: 5, Cells: []*notebook.Cell{graded, try, check, after}}

	statuses := func() string {
		j := judge{root: root, notebook: n}
		var all []string
		for _, step := range []struct {
			cell   *notebook.Cell
			result *Result
		}{
			{graded, printed("")}, {try, failed("panic: not written yet")},
			{check, printed("0 of 5 public checks passed")}, {after, failed("panic: boom")},
		} {
			status, _ := j.verdict(step.cell, step.result)
			all = append(all, string(status))
		}
		return strings.Join(all, ", ")
	}
	if got, want := statuses(), "ok, not solved yet, not solved yet, broken"; got != want {
		t.Errorf("an untouched stub: %s; want %s", got, want)
	}
	graded.Source += "\n// begun"
	if got, want := statuses(), "ok, broken, broken, broken"; got != want {
		t.Errorf("a wrong solution: %s; want %s", got, want)
	}
}
