package jupyter_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/notebook"
	"github.com/interleave-lab/interleave/internal/project"
)

// The tour shows every helper, and interleave run proves that it does. A helper
// without a cell is one that nobody has tried in a cell.
func TestTheTourShowsEveryHelper(t *testing.T) {
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	tour, err := notebook.Read(filepath.Join(root, "notebooks", "helpers.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	var code strings.Builder
	for _, cell := range tour.Cells {
		if cell.Type == notebook.Code {
			code.WriteString(cell.Source + "\n")
		}
	}
	helpers := []string{
		"threads", "locks", "processes", "pools", "eventloop",
		"timeline", "plot", "measure", "display",
	}
	for _, helper := range helpers {
		names := functions(t, filepath.Join(root, "kernel-helpers", helper))
		if len(names) == 0 {
			t.Errorf("package %s exports no function: is it still there?", helper)
		}
		for _, name := range names {
			if !regexp.MustCompile(`\b` + helper + `\.` + name + `\b`).MatchString(code.String()) {
				t.Errorf("no cell shows %s.%s", helper, name)
			}
		}
	}
}

// functions returns the names of the functions that a package exports.
func functions(t *testing.T, folder string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.IsExported() {
				names = append(names, f.Name.Name)
			}
		}
	}
	return names
}
