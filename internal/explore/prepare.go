package explore

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
)

// survey is what has to be known of a file before it is woven.
type survey struct {
	channels []string // "name = make(chan T)": those that package-level variables hold
	edits    []edit   // of text, in their order
	named    int      // where the package clause ends
	inside   bool     // an edit names package inside
}

// edit puts text before an offset, in the place of so many bytes.
type edit struct {
	at, cut int
	text    string
}

func surveyFile(name string, source []byte, fixed map[string]bool) (*survey, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	base := fset.File(file.FileStart).Base()
	s := &survey{named: int(file.Name.End()) - base}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name == "TestMain" && strings.HasSuffix(name, "_test.go") {
				s.edits = append(s.edits, edit{int(decl.Name.Pos()) - base, 0, "interleaveLeavesOut"})
			}
		case *ast.GenDecl:
			if decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				spec := spec.(*ast.ValueSpec)
				for i, name := range spec.Names {
					if name.Name == "_" {
						continue
					}
					var value ast.Expr
					if len(spec.Values) == len(spec.Names) {
						value = spec.Values[i]
					}
					if makesChannel(value) && !fixed[name.Name] {
						s.channels = append(s.channels, name.Name+" = "+string(source[int(value.Pos())-base:int(value.End())-base]))
					}
				}
			}
		}
	}
	if strings.HasSuffix(name, "_test.go") {
		s.subtests(file, base)
	}
	return s, nil
}

// subtests exchanges what tests may not call in virtual time: t.Run, unless what it
// runs has subtests itself, and t.Parallel.
func (s *survey) subtests(file *ast.File, base int) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		t, ok := f.X.(*ast.Ident)
		if !ok {
			return true
		}
		word := ""
		switch {
		case f.Sel.Name == "Run" && len(call.Args) == 2 && isT(file, t, call) && !runs(call.Args[1]):
			word = "interleaveInside.Sub(" + t.Name + ", "
		case f.Sel.Name == "Parallel" && len(call.Args) == 0 && isT(file, t, call):
			word = "interleaveInside.Parallel(" + t.Name
		default:
			return true
		}
		s.inside = true
		s.edits = append(s.edits, edit{int(call.Pos()) - base, int(call.Lparen + 1 - call.Pos()), word})
		return true
	})
}

// runs reports whether a subtest has subtests.
func runs(f ast.Node) (does bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 2 {
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "Run" {
				does = true
			}
		}
		return !does
	})
	return does
}

// isT reports whether the innermost function around a call that has a parameter of
// that name has it as a *testing.T.
func isT(file *ast.File, name *ast.Ident, call ast.Node) (is bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		if n == nil || n.Pos() > call.Pos() || n.End() < call.End() {
			return false
		}
		var fn *ast.FuncType
		switch n := n.(type) {
		case *ast.FuncDecl:
			fn = n.Type
		case *ast.FuncLit:
			fn = n.Type
		default:
			return true
		}
		for _, field := range fn.Params.List {
			for _, param := range field.Names {
				if param.Name == name.Name {
					pointer, ok := field.Type.(*ast.StarExpr)
					if ok {
						t, ok := pointer.X.(*ast.SelectorExpr)
						is = ok && t.Sel.Name == "T"
					} else {
						is = false
					}
				}
			}
		}
		return true
	})
	return is
}

// atStart adds the names that a file's init functions and the values of its variables
// mention. A channel that is handed on there, or closed, must stay the one that it is.
func atStart(path string, names map[string]bool) error {
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil {
		return nil // what does not parse is the compiler's to explain
	}
	mentioned := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if x, ok := n.(*ast.Ident); ok {
				names[x.Name] = true
			}
			return true
		})
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name == "init" {
				mentioned(decl)
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok && decl.Tok == token.VAR {
					for _, value := range spec.Values {
						if _, literal := value.(*ast.FuncLit); !literal { // which nobody calls yet
							mentioned(value)
						}
					}
				}
			}
		}
	}
	return nil
}

func makesChannel(value ast.Expr) bool {
	call, ok := value.(*ast.CallExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}
	f, ok := call.Fun.(*ast.Ident)
	if !ok || f.Name != "make" {
		return false
	}
	_, ok = call.Args[0].(*ast.ChanType)
	return ok
}

// renews begins the names of functions that make channels anew.
const renews = "interleaveAgain_"

// prepare returns the source with what has to be in it before it is woven: no
// TestMain, no t.Run, and channels of package-level variables made anew for each run.
// Lines stay what they are. module is the import path of the program's module.
func prepare(name string, source []byte, module string, fixed map[string]bool) (text []byte, err error) {
	s, err := surveyFile(name, source, fixed)
	if err != nil {
		return nil, err
	}
	imports := ""
	if s.inside {
		imports += `; import interleaveInside "` + module + "/" + place + `/inside"`
	}
	if len(s.channels) > 0 {
		imports += `; import interleaveSchedule "` + module + "/" + place + `/schedule"`
	}
	s.edits = append(s.edits, edit{s.named, 0, imports})
	slices.SortStableFunc(s.edits, func(a, b edit) int { return cmp.Compare(a.at, b.at) })
	at := 0
	for _, e := range s.edits {
		text = append(append(text, source[at:e.at]...), e.text...)
		text = append(text, bytes.Repeat([]byte("\n"), bytes.Count(source[e.at:e.at+e.cut], []byte("\n")))...)
		at = e.at + e.cut
	}
	text = append(text, source[at:]...)
	if len(s.channels) > 0 {
		again := renews + nameable.ReplaceAllString(name, "_")
		text = append(text, "\nvar _ = interleaveSchedule.Globals("+again+")\n\nfunc "+again+"() { "+strings.Join(s.channels, "; ")+" }\n"...)
	}
	return text, nil
}

// nameable is what no name of Go's may hold.
var nameable = regexp.MustCompile(`\W`)
