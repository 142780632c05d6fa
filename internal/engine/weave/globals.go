package weave

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// Forgetful returns a program that forgets between two schedules: its package
// variables get again what they began with, because a program that keeps what it
// found under one schedule would be judged by that one alone. Channels and locks
// belong to the bubble that made them, too.
//
// It is for one file whose package variables have values that are only made and not
// fetched (internal/engine/filter), and stands before File. Helpers' own objects with
// a name in the whole program (keeps) stay what they are.
func Forgetful(filename string, source []byte, schedule string) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filename, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	g := globals{fset: fset, source: source, base: fset.File(file.FileStart).Base(), of: map[string]*ast.ValueSpec{}, done: map[*ast.ValueSpec]bool{}}
	for _, spec := range file.Imports {
		if path, err := strconv.Unquote(spec.Path.Value); err == nil && strings.HasSuffix(path, keeps) && spec.Name != nil {
			g.keeps = append(g.keeps, spec.Name.Name)
		}
	}
	var all []*ast.ValueSpec
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
			for _, spec := range d.Specs {
				spec := spec.(*ast.ValueSpec)
				all = append(all, spec)
				for _, name := range spec.Names {
					g.of[name.Name] = spec
				}
			}
		}
	}
	start := unused(source) // which is another one for File, since it stands here
	g.zero = start + "zero"
	for _, spec := range all {
		g.renew(spec)
	}
	if g.text.Len() == 0 {
		return source, nil
	}
	var out bytes.Buffer
	at := g.offset(file.Name.End())
	out.Write(source[:at])
	fmt.Fprintf(&out, "; import %sforgets %q", start, schedule)
	out.Write(source[at:])
	// The race detector would take a new value for a write amid a run.
	fmt.Fprintf(&out, "\nvar _ = %[1]sforgets.Globals(%[1]sforget)\n\n//go:norace\nfunc %[1]sforget() {\n%[2]s}\n", start, g.text.String())
	return out.Bytes(), nil
}

// keeps ends the path of the package whose objects children find by their name.
const keeps = "/kernel-helpers/processes"

// globals are a file's package variables.
type globals struct {
	fset   *token.FileSet
	source []byte
	base   int
	keeps  []string // by which names the file knows that package
	of     map[string]*ast.ValueSpec
	done   map[*ast.ValueSpec]bool
	text   strings.Builder // of the statements
	zero   string          // a name that the program does not have
}

func (g *globals) offset(p token.Pos) int { return int(p) - g.base }

func (g *globals) textOf(n ast.Node) string {
	return string(g.source[g.offset(n.Pos()):g.offset(n.End())])
}

// renew writes the statement that gives variables what they began with, after those
// of the variables that are named there.
func (g *globals) renew(spec *ast.ValueSpec) {
	if g.done[spec] {
		return
	}
	g.done[spec] = true
	kept := false
	for _, value := range spec.Values {
		ast.Inspect(value, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false // it is not called
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				for _, name := range g.keeps {
					kept = kept || ok && x.Name == name
				}
			case *ast.Ident:
				if other := g.of[n.Name]; other != nil {
					g.renew(other)
				}
			}
			return true
		})
	}
	var names []string
	blank := true
	for _, name := range spec.Names {
		names = append(names, name.Name)
		blank = blank && name.Name == "_"
	}
	if kept || blank {
		return
	}
	at := g.fset.Position(spec.Pos())
	if len(spec.Values) > 0 {
		first, last := spec.Values[0], spec.Values[len(spec.Values)-1]
		// The value's own first line, since the names end theirs here.
		fmt.Fprintf(&g.text, "//line %s:%d\n%s = %s\n", at.Filename, g.fset.Position(first.Pos()).Line, strings.Join(names, ", "),
			g.source[g.offset(first.Pos()):g.offset(last.End())])
		return
	}
	for _, name := range names {
		if name != "_" {
			fmt.Fprintf(&g.text, "//line %s:%d\n{ var %[3]s %[4]s; %[5]s = %[3]s }\n", at.Filename, at.Line, g.zero, g.textOf(spec.Type), name)
		}
	}
}
