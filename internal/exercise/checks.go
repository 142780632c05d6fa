package exercise

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Check is one named behaviour: a function func Test…(t *testing.T) whose
// comment is the sentence that a learner reads:
//
//	// TestOrder: the pages come back in the order of the URLs.
//	//interleave:points 2
//	func TestOrder(t *testing.T) { … }
type Check struct {
	Name     string
	Sentence string // without a full stop, starting with a capital
	Points   int    // 1 unless the comment says otherwise
	Hidden   bool
}

const pointsDirective = "//interleave:points "

// readChecks returns the checks of one folder in the order of its files and of
// their lines. A folder that is not there holds none.
func readChecks(dir string) ([]Check, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var checks []Check
	seen := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			return nil, fmt.Errorf("%s: checks are judged by the engine, not by go test: drop the _test of its name", file)
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range parsed.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil || !strings.HasPrefix(fn.Name.Name, "Test") {
				continue
			}
			check, err := newCheck(fn)
			if err == nil && seen[check.Name] {
				err = fmt.Errorf("%s stands there twice", check.Name)
			}
			if err != nil {
				return nil, fmt.Errorf("%s: %w", fset.Position(fn.Pos()), err)
			}
			seen[check.Name] = true
			checks = append(checks, check)
		}
	}
	return checks, nil
}

func newCheck(fn *ast.FuncDecl) (Check, error) {
	check := Check{Name: fn.Name.Name, Points: 1}
	text := strings.Join(strings.Fields(fn.Doc.Text()), " ")
	sentence, ok := strings.CutPrefix(text, check.Name+": ")
	if !ok {
		return check, fmt.Errorf("%s needs a comment that a learner understands: // %s: the pages come back in order", check.Name, check.Name)
	}
	sentence, _, _ = strings.Cut(sentence, ". ")
	first, size := utf8.DecodeRuneInString(sentence)
	check.Sentence = string(unicode.ToUpper(first)) + strings.TrimSuffix(sentence[size:], ".")
	for _, line := range fn.Doc.List {
		value, ok := strings.CutPrefix(line.Text, pointsDirective)
		if !ok {
			continue
		}
		points, err := strconv.Atoi(strings.TrimSpace(value))
		if err != nil || points < 0 {
			return check, fmt.Errorf("%s: %q is not a number of points", check.Name, strings.TrimSpace(value))
		}
		check.Points = points
	}
	return check, nil
}

// Points is the sum over checks.
func Points(checks []Check) int {
	sum := 0
	for _, c := range checks {
		sum += c.Points
	}
	return sum
}
