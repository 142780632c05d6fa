package weave

import (
	"go/ast"
	"go/token"
)

// touches reports whether a statement or an expression may touch another goroutine
// by itself: what stands in blocks and function literals within it is asked apart.
func (w *weaver) touches(n ast.Node) (may bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt, *ast.FuncLit:
			return false
		case *ast.GoStmt, *ast.SendStmt, *ast.RangeStmt:
			may = true
		case *ast.UnaryExpr:
			may = may || n.Op == token.ARROW
		case *ast.CallExpr:
			may = may || !w.alone(n.Fun)
		}
		return !may
	})
	return may
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
