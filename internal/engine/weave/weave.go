// Package weave rewrites a program so that it runs under a schedule (package
// schedule): a call of schedule.Point stands before whatever may touch another
// goroutine, a select and a loop over a map ask the schedule for an order, and sync,
// sync/atomic, maps and math/rand are the schedule's.
//
// It works on the text: what is inserted stands on the line of what follows, and
// what is replaced keeps its lines, so that stacks and reports of races have the
// lines of the source. Unless it is told (Source.Over), it knows no types but those that
// the text says, and so works on what does not compile: a program's compile errors are
// best read off its own text, before.
package weave

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
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

// Source is a file that is to be woven.
type Source struct {
	Fset *token.FileSet
	File *ast.File // of Text, as Parse reads it
	Text []byte

	Go   string              // the language version of its module, such as "go1.21"; "": the newest
	Over func(ast.Expr) Kind // what types say that a loop goes over; nil: what the text says must do
}

// Parse reads a file.
func Parse(fset *token.FileSet, filename string, text []byte) (*Source, error) {
	file, err := parser.ParseFile(fset, filename, text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	return &Source{Fset: fset, File: file, Text: text}, nil
}

// Woven is a woven file.
type Woven struct {
	Text   []byte
	Places []Place // what the Points' numbers stand for, the first for 1, or as Weave says
}

// File weaves the one file of a program. schedule is the import path of package schedule
// where the program is built, most often Schedule.
func File(filename string, text []byte, schedule string) (*Woven, error) {
	s, err := Parse(token.NewFileSet(), filename, text)
	if err != nil {
		return nil, err
	}
	return s.Weave(0, schedule), nil
}

// Weave weaves one of several files of a program, which have so many places before it:
// its first has the number after these.
func (s *Source) Weave(places int, schedule string) *Woven {
	file := s.File
	w := &weaver{Source: s, base: s.Fset.File(file.FileStart).Base(), own: unused(s.Text), before: places,
		imports: map[string]string{}, used: map[string]bool{}, gotos: map[*ast.LabeledStmt][]*ast.BranchStmt{}, broken: map[*ast.LabeledStmt]bool{}}
	w.schedule, w.methods = w.local("schedule"), methodsOf(file)
	w.findBranches(file)
	// All in one line with the package clause, which no statement shares.
	w.insert(file.Name.End(), "; import "+w.schedule+" "+strconv.Quote(schedule))
	w.replaceImports(file, schedule)
	for _, d := range file.Decls {
		ast.Walk(w, d)
	}
	w.insert(file.FileEnd, "\nvar _ = "+w.schedule+".Point\n")
	for _, function := range slices.Sorted(maps.Keys(w.used)) {
		w.insert(file.FileEnd, "var _ = "+function+"\n")
	}
	return &Woven{w.text(0, len(s.Text)), w.places}
}

type weaver struct {
	*Source
	places  []Place
	before  int // places of other files
	base    int // of positions
	edits   []edit
	imports map[string]string // name -> path
	methods methods
	used    map[string]bool // functions that were exchanged, as the file calls them
	selects int
	loops   int                                    // over maps
	gotos   map[*ast.LabeledStmt][]*ast.BranchStmt // by where they go
	broken  map[*ast.LabeledStmt]bool              // that a break or continue names

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

// local returns a name that the source does not have.
func (w *weaver) local(format string, args ...any) string {
	return w.own + fmt.Sprintf(format, args...)
}

// edit replaces source[from:to].
type edit struct {
	from, to int
	text     string
}

func (w *weaver) offset(p token.Pos) int { return int(p) - w.base }

func (w *weaver) insert(at token.Pos, text string) { w.replace(at, at, text) }

// replace puts text in the place of what stands from from to to, whose lines stay:
// before it, since a line break after it might end a statement.
func (w *weaver) replace(from, to token.Pos, text string) {
	e := edit{from: w.offset(from), to: w.offset(to)}
	e.text = strings.Repeat("\n", bytes.Count(w.Text[e.from:e.to], []byte{'\n'})) + text
	w.edits = append(w.edits, e)
}

// text returns a part of the source with the edits, which do not overlap; of those
// at one place what is inserted comes first, in the order in which it was.
func (w *weaver) text(from, to int) []byte {
	slices.SortStableFunc(w.edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	var out []byte
	at := from
	for _, e := range w.edits {
		out = append(out, w.Text[at:e.from]...)
		out = append(out, e.text...)
		at = e.to
	}
	return append(out, w.Text[at:to]...)
}

// standIns are the schedule's packages that stand for Go's, below package schedule.
var standIns = map[string]string{
	"maps": "/maps", "sync": "/sync", "sync/atomic": "/atomic", "math/rand": "/rand", "math/rand/v2": "/rand/v2",
}

// replaceImports puts the schedule's packages in the place of Go's.
func (w *weaver) replaceImports(file *ast.File, schedule string) {
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has seen to it
		}
		known := strings.TrimSuffix(path, "/v2")
		known = known[strings.LastIndexByte(known, '/')+1:]
		if spec.Name != nil {
			known = spec.Name.Name
		}
		if known != "." || path == "time" { // of names without a package, only time's are asked for
			w.imports[known] = path
		}
		if stand, ok := standIns[path]; ok {
			w.replace(spec.Path.Pos(), spec.Path.End(), strconv.Quote(schedule+stand))
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
	case *ast.FuncDecl:
		if n.Body != nil && !unseen(n) {
			w.insert(n.Body.Lbrace+1, w.enter())
		}
	case *ast.FuncLit: // of which a library may make a goroutine
		w.insert(n.Body.Lbrace+1, w.enter()+w.point(n.Pos()))
	case *ast.RangeStmt:
		if kind := w.over(n.X); kind.mayWait() {
			w.insert(n.Body.Lbrace+1, w.point(n.Pos()))
		} else if kind == Map && namesAKey(n) {
			w.rangeMap(n)
			return nil
		}
	case *ast.ForStmt:
		if n.Cond != nil && w.touches(n.Cond) || n.Post != nil && w.touches(n.Post) || spins(n) {
			w.insert(n.Body.Lbrace+1, w.point(n.Pos()))
		} else if n.Cond == nil {
			// Go gives a loop of almost nothing a line that is none of its own.
			w.insert(n.Body.Lbrace+1, " "+w.schedule+".Spin(); ")
		}
	case *ast.SelectorExpr:
		if x, ok := n.X.(*ast.Ident); ok && x.Obj == nil {
			w.exchange(n, w.imports[x.Name]+"."+n.Sel.Name, x.Name+"."+n.Sel.Name)
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && f.Obj == nil && w.imports["."] == "time" {
			w.exchange(f, "time."+f.Name, f.Name)
		}
	}
	return w
}

// exchanged are single functions of Go's that the schedule has its own of.
var exchanged = map[string]string{
	"time.Sleep": "Sleep", "time.AfterFunc": "AfterFunc", "context.AfterFunc": "AfterCancel",
}

// exchange puts the schedule's function in the place of one of Go's, if it has one. as
// is how the file calls it, which must stay used.
func (w *weaver) exchange(called ast.Expr, function, as string) {
	if ours, ok := exchanged[function]; ok {
		w.used[as] = true
		w.replace(called.Pos(), called.End(), w.schedule+"."+ours)
	}
}

// enter returns what notes that the program runs.
func (w *weaver) enter() string { return " " + w.schedule + ".Enter();" }

// unseen reports whether the race detector does not look at a function, as at the one
// that gives variables their first values again.
func unseen(f *ast.FuncDecl) bool {
	return f.Doc != nil && slices.ContainsFunc(f.Doc.List, func(c *ast.Comment) bool { return c.Text == "//go:norace" })
}

// point returns a Point before what stands at a position.
func (w *weaver) point(at token.Pos) string {
	p := w.Fset.Position(at)
	w.places = append(w.places, Place{p.Filename, p.Line})
	return fmt.Sprintf(" %s.Point(%d); ", w.schedule, w.before+len(w.places))
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
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
			// Between a label and them nothing may stand.
			if w.touches(inner) {
				w.insert(s.Pos(), w.point(inner.Pos()))
			}
		case *ast.DeferStmt:
			w.deferStmt(inner)
		default:
			if w.touches(inner) {
				w.insert(inner.Pos(), w.point(inner.Pos()))
			}
		}
	}
}

// deferStmt defers a Point after the call, which runs before it.
func (w *weaver) deferStmt(s *ast.DeferStmt) {
	if w.touchesBefore(s.Call) {
		w.insert(s.Pos(), w.point(s.Pos()))
	}
	if _, ok := s.Call.Fun.(*ast.FuncLit); !ok && !w.alone(s.Call.Fun) {
		w.insert(s.End(), "; defer"+strings.TrimSuffix(w.point(s.Pos()), "; "))
	}
}
