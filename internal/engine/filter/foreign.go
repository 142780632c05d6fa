package filter

import (
	"go/ast"
	"go/token"
)

// foreign finds what would change another package's variable, such as io.EOF: it
// would be another one for the checks, too.
func (r *reader) foreign(file *ast.File) (why string) {
	changes := func(e ast.Expr) {
		if e == nil || why != "" {
			return
		}
		if path, name := r.variableOf(e); path != "" {
			why = r.at(e) + " " + name + " of package " + path + " would be changed, which others rely on: use a variable of your own."
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				for _, left := range n.Lhs {
					changes(left)
				}
			}
		case *ast.IncDecStmt:
			changes(n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				changes(n.Key)
				changes(n.Value)
			}
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && (f.Name == "delete" || f.Name == "clear" || f.Name == "copy") {
				changes(n.Args[0])
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				changes(n.X)
			}
		}
		return why == ""
	})
	return why
}

// variableOf returns the package whose variable an expression is, or is a part of.
func (r *reader) variableOf(e ast.Expr) (path, name string) {
	for {
		if path, name := r.packageOf(e); path != "" {
			return path, name
		}
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.SliceExpr:
			e = x.X
		default:
			return "", ""
		}
	}
}
