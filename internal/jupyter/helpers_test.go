package jupyter_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

// inNoCell says of what the helpers export why no cell of the tour calls it. A
// star stands for every type.
var inNoCell = map[string]string{
	"*.Unwrap":             "errors.Is and errors.As call it",
	"*.GobEncode":          "encoding/gob calls it when a process is given an argument",
	"*.GobDecode":          "as above, in the child",
	"threads.Runner.Run":   "a reader writes it, and threads.Start calls it",
	"plot.EChart.Validate": "plot.Show calls it",
	"plot.EChart.JSON":     "plot.Show calls it",
}

// The tour shows every function and method of the helpers, and interleave run
// proves that it does. One without a cell is one that nobody has tried in a cell.
func TestTheTourShowsAllHelpers(t *testing.T) {
	root, tour := readTour(t)
	program := typeChecked(t, root, tour)
	shown := used(program)
	excused := map[string]bool{}
	for _, helper := range []string{
		"threads", "locks", "processes", "pools", "eventloop",
		"timeline", "plot", "measure", "explore", "display",
	} {
		pkg := program.Imports[helperPath+helper]
		if pkg == nil {
			t.Errorf("no cell imports package %s", helper)
			continue
		}
		names := exported(pkg.Types)
		if len(names) == 0 {
			t.Errorf("package %s exports no function: is it still there?", helper)
		}
		for f, name := range names {
			excuse := name
			if _, ok := inNoCell[name]; !ok {
				excuse = "*." + f.Name()
			}
			switch _, ok := inNoCell[excuse]; {
			case ok && shown[f]:
				t.Errorf("a cell shows %s: it needs no excuse", name)
			case ok:
				excused[excuse] = true
			case !shown[f]:
				t.Errorf("no cell shows %s", name)
			}
		}
	}
	for excuse := range inNoCell {
		if !excused[excuse] {
			t.Errorf("nothing is left that %s excuses", excuse)
		}
	}
}

// imports are the import declarations of a cell. They are the same in every
// notebook, and nobody reads them.
var imports = regexp.MustCompile(`(?m)^import (\([^)]*\)|.*)\n+`)

// A learner reads a cell at one glance, and knows before what to look at.
func TestTheTourOfHelpersHasShortCells(t *testing.T) {
	const lines, columns = 15, 80
	_, tour := readTour(t)
	for i, cell := range tour.Cells {
		if cell.Type != notebook.Code {
			continue
		}
		source := strings.Split(imports.ReplaceAllString(cell.Source, ""), "\n")
		if len(source) > lines {
			t.Errorf("cell %s has %d lines, more than %d: split it", cell.ID, len(source), lines)
		}
		for _, line := range source {
			if width := len([]rune(strings.ReplaceAll(line, "\t", "    "))); width > columns {
				t.Errorf("cell %s: %d columns: %s", cell.ID, width, line)
			}
		}
		if !hasSentence(tour.Cells[i-1]) {
			t.Errorf("cell %s: no sentence before it says what to look at", cell.ID)
		}
	}
}

// hasSentence reports whether a cell has text that is no heading.
func hasSentence(cell *notebook.Cell) bool {
	return cell.Type == notebook.Markdown &&
		slices.ContainsFunc(strings.Split(cell.Source, "\n"), func(line string) bool {
			return line != "" && !strings.HasPrefix(line, "#")
		})
}

func readTour(t *testing.T) (root string, tour *notebook.Notebook) {
	t.Helper()
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	tour, err = notebook.Read(filepath.Join(root, "notebooks", "helpers.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	return root, tour
}
