package explore

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// A test whose package keeps something in variables needs a process of its own for each
// schedule: what one leaves there would change the next.

// state looks for what a run may leave behind.
type state struct {
	*checker
	renewed map[types.Object]bool // variables that each run has anew
	called  map[types.Object]bool // variables whose first value is what some call returned
}

// keeps reports whether a run may leave something for the next, in package variables or
// in what Go's library keeps. What is only looked at is not kept.
func (c *checker) keeps() bool {
	s := &state{c, map[types.Object]bool{}, map[types.Object]bool{}}
	var bodies []ast.Node // of what runs after the program's start
	for _, u := range c.units {
		for _, file := range u.files {
			for _, decl := range file.Decls {
				switch decl := decl.(type) {
				case *ast.GenDecl:
					bodies = append(bodies, s.starts(decl)...)
				case *ast.FuncDecl:
					switch {
					case decl.Body == nil, decl.Recv == nil && decl.Name.Name == "init":
					case strings.HasPrefix(decl.Name.Name, renews):
						s.renews(decl)
					default:
						bodies = append(bodies, decl.Body)
					}
				}
			}
		}
	}
	for _, body := range bodies {
		kept := false
		ast.Inspect(body, func(n ast.Node) bool {
			kept = kept || s.changes(n)
			return !kept
		})
		if kept {
			return true
		}
	}
	return false
}

// starts notes how a declaration's variables begin, and returns the functions in it.
func (s *state) starts(decl *ast.GenDecl) (functions []ast.Node) {
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.ValueSpec)
		if !ok {
			continue
		}
		calls := false
		for _, value := range spec.Values {
			ast.Inspect(value, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncLit:
					functions = append(functions, n.Body)
					return false
				case *ast.CallExpr:
					calls = true
				}
				return true
			})
		}
		for _, name := range spec.Names {
			s.called[s.info.Defs[name]] = calls
		}
	}
	return functions
}

// renews notes the variables that a function gives new values before each run.
func (s *state) renews(fn *ast.FuncDecl) {
	for _, stmt := range fn.Body.List {
		if assign, ok := stmt.(*ast.AssignStmt); ok {
			s.renewed[s.info.Uses[assign.Lhs[0].(*ast.Ident)]] = true
		}
	}
}

// changes reports whether a node, without what is in it, may change what is kept.
func (s *state) changes(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return some(s.touches, n.Lhs) || some(s.handsOn, n.Rhs)
	case *ast.ValueSpec:
		return some(s.handsOn, n.Values)
	case *ast.IncDecStmt:
		return s.touches(n.X)
	case *ast.UnaryExpr:
		return (n.Op == token.AND || n.Op == token.ARROW) && s.touches(n.X)
	case *ast.SendStmt:
		return s.touches(n.Chan) || s.handsOn(n.Value)
	case *ast.ReturnStmt:
		return some(s.handsOn, n.Results)
	case *ast.CompositeLit:
		return some(s.handsOn, n.Elts)
	case *ast.KeyValueExpr:
		return s.handsOn(n.Value)
	case *ast.RangeStmt:
		return n.Tok == token.ASSIGN && some(s.touches, []ast.Expr{n.Key, n.Value}) || s.loops(n)
	case *ast.CallExpr:
		return some(s.handsOn, n.Args) || s.closure(n.Fun)
	case *ast.SelectorExpr:
		return s.method(n)
	case *ast.Ident:
		f, ok := s.info.Uses[n].(*types.Func)
		return ok && f.Pkg() != nil && f.Signature().Recv() == nil && (remembers[f.Pkg().Path()] || remembers[f.FullName()])
	}
	return false
}

// loops reports whether a loop takes from a variable what changes it, or hands on what
// leads to something that can be changed.
func (s *state) loops(n *ast.RangeStmt) bool {
	v := s.own(n.X)
	switch {
	case v == nil:
		return false
	case s.over(n.X) == weave.Stream:
		return true
	}
	return n.Value != nil && s.holds(s.info.TypeOf(n.Value), v)
}

// remembers are functions of Go's library, or packages with all of theirs, that keep
// something for as long as the process lives.
var remembers = map[string]bool{
	"flag": true, "expvar": true, "net/http.Handle": true, "net/http.HandleFunc": true, "encoding/gob.Register": true,
	"encoding/gob.RegisterName": true, "database/sql.Register": true, "log.SetOutput": true, "log.SetFlags": true,
	"log.SetPrefix": true, "log/slog.SetDefault": true, "os.Chdir": true, "os.Setenv": true, "os.Unsetenv": true,
}

// closure reports whether what is called is a variable's, and may have variables of its own.
func (s *state) closure(called ast.Expr) bool {
	if e, ok := called.(*ast.SelectorExpr); ok {
		if _, ok := s.info.Uses[e.Sel].(*types.Func); ok {
			return false // a method
		}
	}
	return s.called[s.own(called)]
}

// method reports whether a method of a variable may change it.
func (s *state) method(e *ast.SelectorExpr) bool {
	f, ok := s.info.Uses[e.Sel].(*types.Func)
	if !ok || s.own(e.X) == nil {
		return false // a field, a function of a package
	}
	of := f.Signature().Recv()
	if of == nil {
		return false
	}
	if _, pointer := of.Type().(*types.Pointer); pointer {
		return !harmless(of.Type())
	}
	return s.handsOn(e.X)
}

func some(is func(ast.Expr) bool, all []ast.Expr) bool {
	for _, e := range all {
		if e != nil && is(e) {
			return true
		}
	}
	return false
}

// variable returns the package variable that an expression is a part of, or nil.
func (s *state) variable(e ast.Expr) types.Object {
	for {
		switch part := e.(type) {
		case *ast.Ident:
			v, ok := s.info.Uses[part].(*types.Var)
			if !ok || v.IsField() || v.Pkg() == nil || v.Parent() != v.Pkg().Scope() || s.renewed[v] {
				return nil
			}
			return v
		case *ast.SelectorExpr:
			if x, ok := part.X.(*ast.Ident); ok {
				if _, ok := s.info.Uses[x].(*types.PkgName); ok {
					e = part.Sel
					continue
				}
			}
			e = part.X
		case *ast.IndexExpr:
			e = part.X
		case *ast.StarExpr:
			e = part.X
		case *ast.ParenExpr:
			e = part.X
		case *ast.SliceExpr:
			e = part.X
		case *ast.TypeAssertExpr:
			e = part.X
		default:
			return nil
		}
	}
}

// own is variable for those of the packages that are woven.
func (s *state) own(e ast.Expr) types.Object {
	v := s.variable(e)
	if v == nil || s.units[v.Pkg().Path()] == nil {
		return nil
	}
	return v
}

// touches reports whether what is done to an expression is done to a package variable.
func (s *state) touches(e ast.Expr) bool { return s.variable(e) != nil }

// handsOn reports whether a value goes elsewhere by which a variable may be changed.
func (s *state) handsOn(e ast.Expr) bool {
	v := s.own(e)
	return v != nil && s.holds(s.info.TypeOf(e), v)
}

// holds reports whether a value of a type, which a variable has or contains, leads to
// something that can be changed.
func (s *state) holds(t types.Type, v types.Object) bool {
	if t == nil || harmless(t) {
		return false
	}
	switch under := t.Underlying().(type) {
	case *types.Basic:
		return under.Kind() == types.UnsafePointer
	case *types.Array:
		return s.holds(under.Elem(), v)
	case *types.Struct:
		for f := range under.Fields() {
			if s.holds(f.Type(), v) {
				return true
			}
		}
		return false
	case *types.Signature: // which a call may have given variables of its own
		return s.called[v]
	}
	return true
}

// harmless reports whether values of a type are changed by nobody, whatever is in them.
func harmless(t types.Type) bool {
	switch types.TypeString(types.Unalias(t), nil) {
	case "error", "*regexp.Regexp", "*strings.Replacer", "reflect.Type", "time.Time", "*time.Location", "embed.FS":
		return true
	}
	return false
}
