// Package weave rewrites a program so that it runs under a schedule (package
// schedule): a call of schedule.Point stands before whatever may touch another
// goroutine, a select asks the schedule in which order to look at its cases, and
// sync and sync/atomic are the schedule's.
//
// It works on the text: what is inserted stands on the line of what follows, and
// what is replaced keeps its lines, so that stacks and reports of races have the
// lines of the source. It needs no types, and so works on what does not compile:
// a program's compile errors are best read off its own text, before.
package weave

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
)

// Schedule is the import path of package schedule in this module.
const Schedule = "github.com/interleave-lab/interleave/internal/engine/schedule"

// own begins every name in woven text that the source has not.
const own = "woven_"

// Place is a statement before which a Point stands.
type Place struct {
	Unit string // the file, or what a //line directive calls it
	Line int
}

// Woven is a woven file.
type Woven struct {
	Text   []byte
	Places []Place // what the Points' numbers stand for, the first for 1
}

// File weaves a Go file. schedule is the import path of package schedule where the
// program is built, most often Schedule.
func File(filename string, source []byte, schedule string) (*Woven, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, filename, source, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	w := &weaver{fset: fset, source: source, base: fset.File(file.FileStart).Base(), imports: map[string]string{}, own: unused(source)}
	w.schedule = w.own + "schedule"
	// All in one line with the package clause, which no statement shares.
	w.insert(file.Name.End(), "; import "+w.schedule+" "+strconv.Quote(schedule))
	w.replaceImports(file, schedule)
	for _, d := range file.Decls {
		ast.Walk(w, d)
	}
	w.insert(file.FileEnd, "\nvar _ = "+w.schedule+".Point\n")
	if w.sleeps != "" {
		w.insert(file.FileEnd, "var _ = "+w.sleeps+".Sleep\n")
	}
	return &Woven{w.text(), w.places}, nil
}

type weaver struct {
	fset    *token.FileSet
	places  []Place
	source  []byte
	base    int // of positions
	edits   []edit
	imports map[string]string // name -> path
	sleeps  string            // by which name the file knows package time, if it calls its Sleep
	selects int

	own      string // begins the names that it adds
	schedule string // by which name woven text knows package schedule
}

// unused returns what no name in the source begins with, so that a program can
// neither break woven text by a name of its own nor reach the schedule by one of
// these.
func unused(source []byte) string {
	start := own
	for bytes.Contains(source, []byte(start)) {
		start += "_"
	}
	return start
}

// edit replaces source[from:to].
type edit struct {
	from, to int
	text     string
}

func (w *weaver) offset(p token.Pos) int { return int(p) - w.base }

func (w *weaver) insert(at token.Pos, text string) { w.replace(at, at, text) }

// replace puts text in the place of what stands from from to to, whose lines stay.
func (w *weaver) replace(from, to token.Pos, text string) {
	e := edit{from: w.offset(from), to: w.offset(to), text: text}
	e.text += strings.Repeat("\n", strings.Count(string(w.source[e.from:e.to]), "\n"))
	w.edits = append(w.edits, e)
}

// text applies the edits, which do not overlap; of those at one place the first
// made comes first.
func (w *weaver) text() []byte {
	slices.SortStableFunc(w.edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var out []byte
	at := 0
	for _, e := range w.edits {
		out = append(out, w.source[at:e.from]...)
		out = append(out, e.text...)
		at = e.to
	}
	return append(out, w.source[at:]...)
}

// replaceImports puts the schedule's packages in the place of Go's.
func (w *weaver) replaceImports(file *ast.File, schedule string) {
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has seen to it
		}
		known := path[strings.LastIndexByte(path, '/')+1:]
		if spec.Name != nil {
			known = spec.Name.Name
		}
		w.imports[known] = path
		switch path {
		case "sync":
			w.replace(spec.Path.Pos(), spec.Path.End(), strconv.Quote(schedule+"/sync"))
		case "sync/atomic":
			w.replace(spec.Path.Pos(), spec.Path.End(), strconv.Quote(schedule+"/atomic"))
		}
	}
}

// Visit is called by ast.Walk for each node.
func (w *weaver) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.BlockStmt:
		w.list(n.List)
	case *ast.CaseClause:
		w.list(n.Body)
	case *ast.CommClause: // without what it communicates, which selectStmt has moved
		w.list(n.Body)
		for _, s := range n.Body {
			ast.Walk(w, s)
		}
		return nil
	case *ast.FuncLit: // of which a library may make a goroutine
		w.insert(n.Body.Lbrace+1, w.point(n.Pos()))
	case *ast.RangeStmt: // which may be over a channel
		w.insert(n.Body.Lbrace+1, w.point(n.Pos()))
	case *ast.ForStmt:
		if n.Cond != nil && w.touches(n.Cond) || n.Post != nil && w.touches(n.Post) {
			w.insert(n.Body.Lbrace+1, w.point(n.Pos()))
		}
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil && w.imports[x.Name] == "time" && n.Sel.Name == "Sleep" {
			w.sleeps = x.Name
			w.replace(n.Pos(), n.End(), w.schedule+".Sleep")
		}
	}
	return w
}

// point returns a Point before what stands at a position.
func (w *weaver) point(at token.Pos) string {
	p := w.fset.Position(at)
	w.places = append(w.places, Place{p.Filename, p.Line})
	return fmt.Sprintf(" %s.Point(%d); ", w.schedule, len(w.places))
}

// list weaves the statements of a block.
func (w *weaver) list(list []ast.Stmt) {
	for _, s := range list {
		inner := s
		for {
			labeled, ok := inner.(*ast.LabeledStmt)
			if !ok {
				break
			}
			inner = labeled.Stmt
		}
		switch inner := inner.(type) {
		case *ast.CommClause, *ast.CaseClause:
			// Their statements are a list of their own.
		case *ast.SelectStmt:
			w.selectStmt(s, inner)
		default:
			if w.touches(inner) {
				w.insert(s.Pos(), w.point(inner.Pos()))
			}
		}
	}
}
