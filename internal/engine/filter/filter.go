// Package filter says why a learner's program may not even be built. It reads the
// program's text and nothing else: no types, so that a program which is made to keep
// a type checker busy keeps only the compiler busy, whose time and memory are bounded.
//
// It keeps from a program what would let it act before it is judged, reach what it
// was not handed, or change what others rely on. What passes the filter is still not
// trusted: see internal/sandbox.
package filter

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// maxProgram bounds a program, in bytes of source: nobody writes more for one task.
const maxProgram = 128 << 10

// Refuses says in a sentence for the learner why the program may not be run, or "".
// Orders to the compiler, imports with a dot and init are refused where the program is
// read; here, too, in case they got by.
func Refuses(ex *exercise.Exercise, p *exercise.Program) (why string) {
	defer func() {
		if recover() != nil { // a mistake of ours must not end a batch
			why = "The program holds something that cannot be judged: write it in a simpler way, and tell who makes the course."
		}
	}()
	if len(p.Source) > maxProgram {
		return fmt.Sprintf("The program has more than %d kB of source: take out what the task does not ask for.", maxProgram>>10)
	}
	if why := imports(ex, p.Imports); why != "" {
		return why
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", p.Source, parser.ParseComments)
	if err != nil {
		// The compiler may read what this does not.
		return "Go cannot read the program: " + err.Error()
	}
	r := reader{fset: fset, program: p, packages: map[string]string{}, declared: map[string]ast.Node{}, constants: map[string]*constant{}}
	var paths []string
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || spec.Name == nil || spec.Name.Name == "." || spec.Name.Name == "_" {
			return "The program has an import that names nothing."
		}
		r.packages[spec.Name.Name] = path
		paths = append(paths, path)
	}
	if why := imports(ex, paths); why != "" {
		return why
	}
	r.declare(file)
	for _, look := range []func(*ast.File) string{r.orders, r.initialisers, r.sizes, r.foreign} {
		if why := look(file); why != "" {
			return why
		}
	}
	return ""
}

// reader reads one program.
type reader struct {
	fset      *token.FileSet
	program   *exercise.Program
	packages  map[string]string   // name -> import path
	declared  map[string]ast.Node // what the program declares at its top
	constants map[string]*constant
}

func (r *reader) declare(file *ast.File) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				r.declared[d.Name.Name] = d
			}
		case *ast.GenDecl:
			if d.Tok == token.CONST {
				r.declareConstants(d)
			}
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					r.declared[spec.Name.Name] = spec
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						r.declared[name.Name] = spec
					}
				}
			}
		}
	}
}

// at begins a sentence about a node with the learner's own line.
func (r *reader) at(n ast.Node) string {
	pos := r.fset.Position(n.Pos())
	place := exercise.At(pos.Filename, pos.Line)
	if quote := r.program.Quote(pos.Filename, pos.Line); quote != "" {
		place += " (" + quote + ")"
	}
	return "In " + place
}

// orders finds what only a mistake of ours lets come here.
func (r *reader) orders(file *ast.File) string {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if len(c.Text) > 5 && c.Text[:5] == "//go:" {
				return r.at(c) + " a comment gives orders to the compiler: remove it."
			}
		}
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
			return r.at(f) + " func init runs before anything is judged: remove it."
		}
		if f, ok := d.(*ast.FuncDecl); ok && f.Body == nil {
			return r.at(f) + " a function has no body: write one."
		}
	}
	return ""
}

// packageOf returns the import path of the package that x.Sel is of, and Sel; "" when
// x is no package.
func (r *reader) packageOf(e ast.Expr) (path, name string) {
	s, ok := e.(*ast.SelectorExpr)
	if !ok {
		return "", ""
	}
	x, ok := s.X.(*ast.Ident)
	if !ok || x.Obj != nil { // declared in the program
		return "", ""
	}
	return r.packages[x.Name], s.Sel.Name
}
