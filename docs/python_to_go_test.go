// Package docs has no code: its test keeps pages true.
package docs

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const helpers = "../kernel-helpers"

// reference is a helper's name in code: package.Name or package.Type.Method.
var reference = regexp.MustCompile("`([a-z]+)\\.([A-Z][A-Za-z]*)(?:\\.([A-Z][A-Za-z]*))?`")

func TestEveryHelperOfThePageExists(t *testing.T) {
	page, err := os.ReadFile("python-to-go.md")
	if err != nil {
		t.Fatal(err)
	}
	exported := map[string]map[string]bool{} // by package
	rows := 0
	for i, line := range strings.Split(string(page), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) != 6 || strings.Contains(line, "| --- |") {
			if strings.HasPrefix(line, "|") && len(cells) != 6 {
				t.Errorf("line %d has %d columns, not 4", i+1, len(cells)-2)
			}
			continue
		}
		helper := strings.TrimSpace(cells[3])
		if helper == "helper" {
			continue
		}
		rows++
		if helper == "–" {
			continue
		}
		for name := range strings.SplitSeq(helper, ", ") {
			parts := reference.FindStringSubmatch(name)
			if parts == nil || parts[0] != name {
				t.Errorf("line %d: %q is not the name of a helper", i+1, name)
				continue
			}
			if exported[parts[1]] == nil {
				exported[parts[1]] = names(t, parts[1])
			}
			if full := strings.Trim(name, "`"); !exported[parts[1]][strings.TrimPrefix(full, parts[1]+".")] {
				t.Errorf("line %d: there is no %s", i+1, full)
			}
		}
	}
	if rows < 50 {
		t.Errorf("the page has %d rows only: is this still the page?", rows)
	}
}

// names returns what a helper exports: "Name" and "Type.Method". Files for other
// systems count as well.
func names(t *testing.T, helper string) map[string]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(helpers, helper, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	pkg, err := doc.NewFromFiles(fset, parsed, helper)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	note := func(consts, vars []*doc.Value, funcs []*doc.Func) {
		for _, value := range append(consts, vars...) {
			for _, name := range value.Names {
				found[name] = true
			}
		}
		for _, f := range funcs {
			found[f.Name] = true
		}
	}
	note(pkg.Consts, pkg.Vars, pkg.Funcs)
	for _, typ := range pkg.Types {
		found[typ.Name] = true
		note(typ.Consts, typ.Vars, typ.Funcs)
		for _, method := range typ.Methods {
			found[typ.Name+"."+method.Name] = true
		}
	}
	return found
}
