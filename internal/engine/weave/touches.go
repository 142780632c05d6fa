package weave

import (
	"go/ast"
	"go/token"
	"slices"
)

// touches reports whether a statement or an expression may touch another goroutine
// by itself: what stands in blocks and function literals within it is asked apart.
func (w *weaver) touches(n ast.Node) (may bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.FuncLit:
			return false
		case *ast.GoStmt, *ast.SendStmt:
			may = true
		case *ast.RangeStmt:
			may = may || w.over(n.X).mayWait()
		case *ast.UnaryExpr:
			may = may || n.Op == token.ARROW
		case *ast.CallExpr:
			may = may || !w.alone(n.Fun)
		}
		return !may
	})
	return may
}

// touchesBefore reports whether to evaluate what is called, and with what, may.
func (w *weaver) touchesBefore(call *ast.CallExpr) bool {
	return w.touches(call.Fun) || slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return w.touches(e) })
}

// spins reports whether a loop waits for a variable that others change: nothing in
// it changes any. Without a Point it would never end in virtual time.
func spins(loop *ast.ForStmt) bool {
	if loop.Post != nil || loop.Cond == nil && len(loop.Body.List) == 0 {
		return false
	}
	spins := true
	ast.Inspect(loop.Body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.AssignStmt, *ast.IncDecStmt, *ast.CallExpr, *ast.RangeStmt, *ast.ForStmt, *ast.SelectStmt:
			spins = false
		}
		return spins
	})
	return spins
}

// alone reports whether a call touches no other goroutine before it comes to a
// Point of its own: a function of the file has them within, and Go's own that only
// compute need none. A long computation would else have more steps than it may.
func (w *weaver) alone(called ast.Expr) bool {
	switch f := called.(type) {
	case *ast.ParenExpr:
		return w.alone(f.X)
	case *ast.IndexExpr: // an instance of a generic function
		return w.alone(f.X)
	case *ast.IndexListExpr:
		return w.alone(f.X)
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType, *ast.StarExpr:
		return true // a conversion
	case *ast.Ident:
		if f.Obj == nil {
			return f.Name != "close" // predeclared, or of another file of the package
		}
		return f.Obj.Kind == ast.Fun || f.Obj.Kind == ast.Typ
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		return ok && x.Obj == nil && computes[w.imports[x.Name]]
	}
	return false
}

// computes holds packages whose functions only compute.
var computes = map[string]bool{
	"bytes": true, "cmp": true, "errors": true, "fmt": true, "maps": true, "math": true, "math/bits": true,
	"math/cmplx": true, "math/rand": true, "math/rand/v2": true, "slices": true, "sort": true, "strconv": true,
	"strings": true, "unicode": true, "unicode/utf8": true, "unicode/utf16": true,
}
