package explore

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// subject is a function that is explored.
type subject struct {
	name string
	call string // Go text of its value, in the generated file
	main bool

	subtests bool // it calls t.Run
}

// LeftOut is a function that is not explored, though go test would run it.
type LeftOut struct {
	Name string `json:"name"`
	Why  string `json:"why"`
}

// find returns the tests of a package, or its main if it has none, and what of its
// tests is left out.
func find(p *goPackage) (tests []subject, main *subject, out []LeftOut, err error) {
	for _, file := range append(append([]string(nil), p.TestGoFiles...), p.XTestGoFiles...) {
		source, err := os.ReadFile(filepath.Join(p.Dir, file))
		if err != nil {
			return nil, nil, nil, err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, source, parser.SkipObjectResolution)
		if err != nil {
			return nil, nil, nil, err
		}
		in := "tested"
		if strings.HasSuffix(parsed.Name.Name, "_test") && parsed.Name.Name != p.Name {
			in = ""
		}
		for _, decl := range parsed.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Recv != nil {
				continue
			}
			name := fn.Name.Name
			switch {
			case name == "TestMain":
				out = append(out, LeftOut{name, "each schedule runs one test alone, without what TestMain prepares"})
			case isTest(name, "Test") && takesT(fn.Type):
				s := subject{name: name, call: name}
				if in != "" {
					s.call = in + "." + name
				}
				tests = append(tests, s)
			case isTest(name, "Benchmark"):
				out = append(out, LeftOut{name, "a benchmark is no test"})
			case isTest(name, "Fuzz"):
				out = append(out, LeftOut{name, "a fuzz test has no inputs here"})
			case isTest(name, "Example"):
				out = append(out, LeftOut{name, "an example is judged by what it prints"})
			}
		}
	}
	if p.Name == "main" {
		main = &subject{name: "main", main: true}
	}
	return tests, main, out, nil
}

// isTest reports whether go test takes a name for one of a kind.
func isTest(name, kind string) bool {
	rest, ok := strings.CutPrefix(name, kind)
	first, _ := utf8.DecodeRuneInString(rest)
	return ok && (rest == "" || !unicode.IsLower(first))
}

// takesT reports whether a function has one parameter, *testing.T by whatever name
// the file knows it.
func takesT(fn *ast.FuncType) bool {
	if fn.TypeParams != nil || fn.Results.NumFields() != 0 || fn.Params.NumFields() != 1 {
		return false
	}
	pointer, ok := fn.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	switch t := pointer.X.(type) {
	case *ast.Ident:
		return t.Name == "T"
	case *ast.SelectorExpr:
		return t.Sel.Name == "T"
	}
	return false
}
