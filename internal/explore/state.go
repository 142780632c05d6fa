package explore

import "go/ast"

// A test whose package keeps something in variables needs a process of its own for each
// schedule: what one leaves there would change the next. Types are not known here, so a
// name stands for every variable that is called so anywhere in the module, and what is
// only looked at is not kept.

// state is which names package-level variables have, and which names are changed.
type state struct {
	variables, changed map[string]bool
}

func newState() *state { return &state{map[string]bool{}, map[string]bool{}} }

// kept reports whether a run may leave something for the next.
func (s *state) kept() bool {
	for name := range s.variables {
		if s.changed[name] {
			return true
		}
	}
	return false
}

// add notes what a file declares and changes.
func (s *state) add(file *ast.File) {
	for _, spec := range file.Imports {
		if spec.Path.Value == `"flag"` && file.Name.Name == "main" {
			s.variables["flag"], s.changed["flag"] = true, true // a flag may be defined once
		}
	}
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.GenDecl); ok {
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.ValueSpec); ok && decl.Tok.String() == "var" {
					for _, name := range spec.Names {
						s.variables[name.Name] = name.Name != "_"
					}
				}
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, e := range n.Lhs {
				s.changes(e)
			}
			for _, e := range n.Rhs {
				s.handsOn(e)
			}
		case *ast.IncDecStmt:
			s.changes(n.X)
		case *ast.UnaryExpr: // an address, a receive
			s.changes(n.X)
		case *ast.SendStmt:
			s.changes(n.Chan)
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.SelectorExpr); ok {
				s.changes(f.X) // a method may
			} else {
				s.handsOn(n.Fun)
			}
			for _, e := range n.Args {
				s.handsOn(e)
			}
		case *ast.ReturnStmt:
			for _, e := range n.Results {
				s.handsOn(e)
			}
		case *ast.RangeStmt:
			if n.Key != nil {
				s.changes(n.Key)
			}
			if n.Value != nil {
				s.changes(n.Value)
			}
		case *ast.KeyValueExpr:
			s.handsOn(n.Value)
		case *ast.CompositeLit:
			for _, e := range n.Elts {
				s.handsOn(e)
			}
		}
		return true
	})
}

// changes notes the variable that an expression is a part of.
func (s *state) changes(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Ident:
		s.changed[e.Name] = true
	case *ast.SelectorExpr:
		s.changed[e.Sel.Name] = true // of another package
		s.changes(e.X)
	case *ast.IndexExpr:
		s.changes(e.X)
	case *ast.StarExpr:
		s.changes(e.X)
	case *ast.ParenExpr:
		s.changes(e.X)
	case *ast.SliceExpr:
		s.changes(e.X)
	}
}

// handsOn notes a variable whose value goes where it may be changed: a map, a pointer.
func (s *state) handsOn(e ast.Expr) {
	switch e := e.(type) {
	case *ast.Ident, *ast.SliceExpr:
		s.changes(e)
	case *ast.SelectorExpr:
		s.changed[e.Sel.Name] = true
	}
}
