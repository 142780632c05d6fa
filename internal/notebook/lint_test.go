package notebook_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/notebook"
)

const dayName = "day-07-a-try.ipynb"

// day returns a notebook that Lint finds nothing in.
func day() *notebook.Notebook {
	n := &notebook.Notebook{Minor: 5, Metadata: map[string]any{"kernelspec": map[string]any{"name": "gonb"}}}
	graded := notebook.NewCell(notebook.Code, "two-threads-code", "func Two() {}")
	graded.Metadata["interleave"] = map[string]any{"exercise": "two-threads"}
	check := notebook.NewCell(notebook.Code, "two-threads-check", "%%\ncheck.Exercise(\"two-threads\")")
	check.Metadata["interleave"] = map[string]any{"check": "two-threads"}
	for _, c := range []*notebook.Cell{graded, check} {
		c.Metadata["nbgrader"] = map[string]any{"schema_version": json.Number("3")}
	}
	n.Cells = []*notebook.Cell{
		notebook.NewCell(notebook.Markdown, "title", "# Day 7: A try\n\n---"),
		notebook.NewCell(notebook.Markdown, "objective", "## Objective\nLearn."),
		notebook.NewCell(notebook.Markdown, "topics", "## Topics to Cover"),
		notebook.NewCell(notebook.Markdown, "first", "### 1. First\n- a point\n```\n# not a heading\n```"),
		notebook.NewCell(notebook.Code, "first-code", "%%\nfmt.Println(1)"),
		notebook.NewCell(notebook.Markdown, "first-explained", "### Explanation\nIt prints."),
		notebook.NewCell(notebook.Markdown, "tasks", "## Tasks"),
		notebook.NewCell(notebook.Markdown, "two-threads", "### 1. Two threads"),
		graded,
		notebook.NewCell(notebook.Code, "two-threads-try", "%%\nTwo()"),
		check,
		notebook.NewCell(notebook.Markdown, "conclusion", "## Conclusion\n\n#### Key Takeaways\n- this"),
	}
	return n
}

func TestADayAsItShouldBe(t *testing.T) {
	if found := notebook.Lint(dayName, day()); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}

// A notebook that is no day has a title, and what every notebook keeps to.
func TestANotebookThatIsNoDay(t *testing.T) {
	n := day()
	n.Cells = n.Cells[:5] // no tasks, no conclusion
	cell(n, "title").Source = "# Odds and ends"
	if found := notebook.Lint("odds-and-ends.ipynb", n); len(found) > 0 {
		t.Errorf("found %v", found)
	}
	failing := cell(n, "first-code")
	failing.Metadata["interleave"] = map[string]any{"expect": map[string]any{"error": "deadlock"}}
	failing.Metadata["tags"] = []any{"raises-exception"}
	if found := notebook.Lint("odds-and-ends.ipynb", n); len(found) > 0 {
		t.Errorf("with a cell that is meant to fail: found %v", found)
	}
	failing.ExecutionCount = new(int)
	if found := notebook.Lint("odds-and-ends.ipynb", n); len(found) != 1 {
		t.Errorf("after a run: found %v, want one", found)
	}
}

func cell(n *notebook.Notebook, id string) *notebook.Cell {
	return n.Cells[slices.IndexFunc(n.Cells, func(c *notebook.Cell) bool { return c.ID == id })]
}

func TestLintFinds(t *testing.T) {
	source := func(id, text string) func(*notebook.Notebook) {
		return func(n *notebook.Notebook) { cell(n, id).Source = text }
	}
	remove := func(id string) func(*notebook.Notebook) {
		return func(n *notebook.Notebook) {
			n.Cells = slices.DeleteFunc(n.Cells, func(c *notebook.Cell) bool { return c.ID == id })
		}
	}
	for name, tc := range map[string]struct {
		damage func(*notebook.Notebook)
		want   string
	}{
		"another kernel":         {func(n *notebook.Notebook) { n.Metadata["kernelspec"] = map[string]any{"name": "python3"} }, `"python3", not "gonb"`},
		"no kernel":              {func(n *notebook.Notebook) { delete(n.Metadata, "kernelspec") }, `not "gonb"`},
		"an old format":          {func(n *notebook.Notebook) { n.Minor = 4 }, "no cell ids"},
		"outputs":                {func(n *notebook.Notebook) { cell(n, "first-code").Outputs = []any{1} }, "carries outputs"},
		"an execution count":     {func(n *notebook.Notebook) { one := 1; cell(n, "first-code").ExecutionCount = &one }, "carries outputs"},
		"a home folder":          {source("first-code", "os.Open(\"/home/ada/x\")"), "/home/ada"},
		"a home folder in prose": {source("objective", "## Objective\nsee /Users/ada/x"), "/Users/ada"},
		"a wide line":            {source("first-code", "x\n\t"+strings.Repeat("y", 77)), "line 2 has 81 columns"},
		"an empty cell":          {source("first-code", " \n"), "empty code cell"},
		"a misspelt expectation": {func(n *notebook.Notebook) { cell(n, "first-code").Metadata["interleave"] = map[string]any{"x": 1} }, "unknown field"},
		"a broken pattern": {func(n *notebook.Notebook) {
			cell(n, "first-code").Metadata["interleave"] = map[string]any{"expect": map[string]any{"text": "("}}
		}, "not a regular expression"},
		"an error that ends Run All": {func(n *notebook.Notebook) {
			cell(n, "first-code").Metadata["interleave"] = map[string]any{"expect": map[string]any{"error": "deadlock"}}
		}, "tag raises-exception"},
		"no title":                {source("title", "Day 7"), `its first cell does not begin with "# "`},
		"no day in the title":     {source("title", "# A try"), `"# Day N: title"`},
		"another day than named":  {source("title", "# Day 8: A try"), "title says day 8"},
		"two titles":              {source("objective", "# Again\n## Objective"), "a second title"},
		"a chapter missing":       {remove("objective"), "its chapters"},
		"chapters out of order":   {source("topics", "## Tasks"), "its chapters"},
		"a section misnumbered":   {source("first", "### 2. First"), "should begin with 1."},
		"a section unnumbered":    {source("first", "### First"), "should begin with 1."},
		"a section without code":  {remove("first-code"), "has no code cell"},
		"nothing explained":       {remove("first-explained"), `no "### Explanation"`},
		"a task without its cell": {remove("two-threads-code"), "has no graded cell"},
		"a graded cell unchecked": {remove("two-threads-check"), "no check cell follows"},
		"a check of another": {func(n *notebook.Notebook) {
			cell(n, "two-threads-check").Metadata["interleave"] = map[string]any{"check": "other"}
		}, `checks "other"`},
		"a graded cell ungradable": {func(n *notebook.Notebook) { delete(cell(n, "two-threads-code").Metadata, "nbgrader") }, "no nbgrader metadata"},
		"no takeaways":             {source("conclusion", "## Conclusion"), "Key Takeaways"},
	} {
		t.Run(name, func(t *testing.T) {
			n := day()
			tc.damage(n)
			found := notebook.Lint(dayName, n)
			for _, f := range found {
				if strings.Contains(f.Message, tc.want) {
					return
				}
			}
			t.Errorf("found %v, want one that says %q", found, tc.want)
		})
	}
	if found := notebook.Lint("day7.ipynb", day()); len(found) != 1 || !strings.Contains(found[0].Message, "not named") {
		t.Errorf("a misnamed file: found %v", found)
	}
}
