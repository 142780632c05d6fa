package jupyter

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// ChartType is the MIME type that the chart extension draws.
const ChartType = "application/vnd.interleave.echarts.v1+json"

// judge says whether a cell did what its notebook expects of it.
type judge struct {
	root     string
	notebook *notebook.Notebook
	task     string // slug of the task that is being judged: from its graded cell to its check
}

// verdict is called for each code cell, in order.
func (j *judge) verdict(cell *notebook.Cell, r *Result) (Status, string) {
	lesson, err := cell.Lesson()
	if err != nil {
		return Broken, err.Error()
	}
	if lesson.Exercise != "" {
		j.task = lesson.Exercise
	}
	task := j.task
	problem := unmet(lesson.Expect, r)
	if lesson.Check != "" {
		j.task, task = "", lesson.Check
		if problem == "" && !allPassed(r.Text()) {
			problem = "the check did not pass:\n" + excerpt(r.Text())
		}
	}
	switch {
	case problem == "":
		return OK, ""
	case task != "" && j.untouched(task):
		return Unsolved, ""
	}
	return Broken, problem
}

// unmet returns what a cell was expected to do and did not, or "".
func unmet(expect notebook.Expect, r *Result) string {
	switch {
	case expect.Error == "" && r.Failed:
		return "it failed:\n" + excerpt(r.Error())
	case expect.Error != "" && !r.Failed:
		return fmt.Sprintf("it was expected to fail with an error like %q, but it did not fail", expect.Error)
	}
	for _, e := range []struct{ name, pattern, got string }{
		{"fail with an error", expect.Error, r.Error()},
		{"show text", expect.Text, r.Text()},
	} {
		pattern, err := regexp.Compile(e.pattern)
		if err != nil {
			return fmt.Sprintf("its expectation is not a regular expression: %v", err)
		}
		if !pattern.MatchString(e.got) {
			return fmt.Sprintf("it was expected to %s like %q; got:\n%s", e.name, e.pattern, excerpt(e.got))
		}
	}
	if kinds := Charts(r); expect.Chart != "" && !slices.Contains(kinds, expect.Chart) {
		return fmt.Sprintf("it was expected to draw a %s chart; it drew %q", expect.Chart, kinds)
	}
	return ""
}

// Charts returns the kinds of the charts that a cell displayed.
func Charts(r *Result) (kinds []string) {
	for _, bundle := range r.Bundles() {
		if chart, ok := bundle[ChartType].(map[string]any); ok {
			kind, _ := chart["kind"].(string)
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

var checksPassed = regexp.MustCompile(`(\d+) of (\d+) public checks passed`)

// allPassed reads the sentence of a check cell.
func allPassed(text string) bool {
	m := checksPassed.FindStringSubmatch(text)
	return m != nil && m[1] == m[2]
}

// untouched reports whether the notebook's cell for this exercise is still the
// stub.
func (j *judge) untouched(slug string) bool {
	graded := j.notebook.Graded(slug)
	if graded == nil {
		return false
	}
	e, err := exercise.Load(j.root, "", slug)
	if err != nil {
		return false
	}
	stub, err := os.ReadFile(e.StubPath())
	if err != nil {
		return false
	}
	fresh := notebook.NewCell(notebook.Code, slug, "")
	e.GradedCell(fresh, stub)
	return fresh.Source == graded.Source
}

// Solve fills the graded cells of n with the reference solutions, which stand
// in the folder solutions, or in the clone's own when it is "".
func Solve(root, solutions string, n *notebook.Notebook) error {
	for _, cell := range n.Cells {
		lesson, err := cell.Lesson()
		if err != nil {
			return err
		}
		if lesson.Exercise == "" {
			continue
		}
		e, err := exercise.Load(root, solutions, lesson.Exercise)
		if err != nil {
			return err
		}
		source, err := e.Solution.Source()
		if err != nil {
			return err
		}
		cell.Source = asCell(source)
	}
	return nil
}

// asCell drops what a solution's file has and a cell has not: the package
// clause and the marks around the solved parts.
func asCell(source []byte) string {
	var b strings.Builder
	for line := range bytes.Lines(source) {
		switch trimmed := strings.TrimSpace(string(line)); {
		case strings.HasPrefix(trimmed, "package "), trimmed == "// BEGIN SOLUTION", trimmed == "// END SOLUTION":
		default:
			b.Write(line)
		}
	}
	return strings.TrimSpace(b.String())
}

// excerpt shortens what a cell said to what a person reads in a terminal.
func excerpt(text string) string {
	const limit = 12
	lines := strings.Split(strings.TrimSpace(text), "\n")
	if len(lines) > limit {
		lines = append(lines[:limit], fmt.Sprintf("… and %d lines more", len(lines)-limit))
	}
	return strings.Join(lines, "\n")
}
