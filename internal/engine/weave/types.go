package weave

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
)

// What follows reads a value's type off the text, as far as the file says it: by
// literals, declarations, fields, and results of the file's own functions. A nil type is
// one that it does not say. Nothing here can be made to take long, as a type checker can.

// deepest bounds how many steps it may take: a file that does not compile may have
// declarations that lead to themselves.
const deepest = 100

// methods are those of a file's types, by the type and the method's name.
type methods map[*ast.Object]map[string]*ast.FuncType

func methodsOf(file *ast.File) methods {
	all := methods{}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Recv == nil || len(f.Recv.List) != 1 {
			continue
		}
		if of := typeName(f.Recv.List[0].Type); of != nil {
			if all[of] == nil {
				all[of] = map[string]*ast.FuncType{}
			}
			all[of][f.Name.Name] = f.Type
		}
	}
	return all
}

// typeName returns which of the file's types a type is, or points to; nil for others.
func typeName(t ast.Expr) *ast.Object {
	for {
		switch named := t.(type) {
		case *ast.ParenExpr:
			t = named.X
		case *ast.StarExpr:
			t = named.X
		case *ast.IndexExpr:
			t = named.X
		case *ast.IndexListExpr:
			t = named.X
		case *ast.Ident:
			return named.Obj
		default:
			return nil
		}
	}
}

// shape returns the type literal that is behind the type of an expression.
func (m methods) shape(e ast.Expr) ast.Expr {
	r := &reader{methods: m}
	return r.shape(r.typeOf(e))
}

// over returns what a loop goes over, as far as the file says it.
func (m methods) over(e ast.Expr) Kind {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		return Values
	case *ast.Ident:
		if e.Obj != nil && e.Obj.Kind == ast.Con {
			return Values
		}
	}
	switch shape := m.shape(e).(type) {
	case *ast.MapType:
		return Map
	case *ast.ChanType, *ast.FuncType:
		return Stream
	case *ast.ArrayType, *ast.StarExpr:
		return Values
	case *ast.Ident:
		if shape.Obj == nil && slices.Contains(basic, shape.Name) {
			return Values
		}
	}
	return Unknown
}

// reader answers one question, whose steps it counts.
type reader struct {
	methods methods
	steps   int
}

func (r *reader) typeOf(e ast.Expr) ast.Expr {
	if r.steps++; r.steps > deepest {
		return nil
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.typeOf(e.X)
	case *ast.BasicLit:
		return ast.NewIdent(cmp.Or(map[token.Token]string{token.INT: "int", token.CHAR: "rune", token.STRING: "string"}[e.Kind], "float64"))
	case *ast.CompositeLit:
		return e.Type
	case *ast.FuncLit:
		return e.Type
	case *ast.TypeAssertExpr:
		return e.Type
	case *ast.SliceExpr:
		return r.typeOf(e.X)
	case *ast.StarExpr:
		return r.element(r.typeOf(e.X))
	case *ast.UnaryExpr:
		switch e.Op {
		case token.AND:
			if of := r.typeOf(e.X); of != nil {
				return &ast.StarExpr{X: of}
			}
		case token.ARROW:
			return r.element(r.typeOf(e.X))
		}
	case *ast.IndexExpr:
		return r.element(r.typeOf(e.X))
	case *ast.SelectorExpr:
		return r.field(r.typeOf(e.X), e.Sel.Name)
	case *ast.CallExpr:
		return r.result(e, 0)
	case *ast.Ident:
		return r.declared(e)
	}
	return nil
}

// declared returns the type of a variable.
func (r *reader) declared(e *ast.Ident) ast.Expr {
	if e.Obj == nil || e.Obj.Kind != ast.Var {
		return nil
	}
	switch decl := e.Obj.Decl.(type) {
	case *ast.Field:
		if more, ok := decl.Type.(*ast.Ellipsis); ok {
			return &ast.ArrayType{Elt: more.Elt}
		}
		return decl.Type
	case *ast.ValueSpec:
		if decl.Type != nil {
			return decl.Type
		}
		i := slices.IndexFunc(decl.Names, func(name *ast.Ident) bool { return name.Obj == e.Obj })
		return r.assigned(i, len(decl.Names), decl.Values)
	case *ast.AssignStmt:
		i := slices.IndexFunc(decl.Lhs, func(left ast.Expr) bool {
			name, ok := left.(*ast.Ident)
			return ok && name.Obj == e.Obj
		})
		return r.assigned(i, len(decl.Lhs), decl.Rhs)
	}
	return nil
}

// assigned returns the type of the i-th of n variables that are given values.
func (r *reader) assigned(i, n int, values []ast.Expr) ast.Expr {
	switch {
	case i < 0:
		return nil
	case len(values) == n:
		if over, ok := values[i].(*ast.UnaryExpr); ok && over.Op == token.RANGE {
			return r.ranged(i, over.X)
		}
		return r.typeOf(values[i])
	case len(values) != 1:
		return nil
	}
	switch value := ast.Unparen(values[0]).(type) {
	case *ast.CallExpr:
		return r.result(value, i)
	case *ast.UnaryExpr:
		if value.Op == token.RANGE {
			return r.ranged(i, value.X)
		}
	}
	if i == 0 { // v, ok
		return r.typeOf(values[0])
	}
	return nil
}

// ranged returns the type of a loop's first or second variable.
func (r *reader) ranged(i int, over ast.Expr) ast.Expr {
	of := r.typeOf(over)
	if i == 1 {
		return r.element(of)
	}
	switch shape := r.shape(of).(type) {
	case *ast.MapType:
		return shape.Key
	case *ast.ChanType:
		return shape.Value
	}
	return nil
}

// result returns the type of a call's i-th value.
func (r *reader) result(call *ast.CallExpr, i int) ast.Expr {
	called := ast.Unparen(call.Fun)
	switch f := called.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType:
		return f // a conversion
	case *ast.IndexExpr: // an instance of a generic function, or a function out of a map
		if name, ok := f.X.(*ast.Ident); ok && name.Obj != nil && name.Obj.Kind == ast.Fun {
			called = f.X
		}
	case *ast.IndexListExpr:
		called = f.X
	}
	if name, ok := called.(*ast.Ident); ok {
		switch {
		case name.Obj == nil:
			return r.predeclared(name.Name, call)
		case name.Obj.Kind == ast.Typ:
			return name // a conversion
		case name.Obj.Kind == ast.Fun:
			if decl, ok := name.Obj.Decl.(*ast.FuncDecl); ok {
				return resultAt(decl.Type, i)
			}
			return nil
		}
	}
	if f, ok := called.(*ast.SelectorExpr); ok {
		if of := typeName(r.typeOf(f.X)); of != nil && r.methods[of][f.Sel.Name] != nil {
			return resultAt(r.methods[of][f.Sel.Name], i)
		}
	}
	f, _ := r.shape(r.typeOf(called)).(*ast.FuncType)
	return resultAt(f, i)
}

// predeclared returns the type of what Go's own functions return.
func (r *reader) predeclared(name string, call *ast.CallExpr) ast.Expr {
	switch {
	case slices.Contains([]string{"len", "cap", "copy"}, name):
		return ast.NewIdent("int")
	case slices.Contains(basic, name):
		return ast.NewIdent(name)
	case len(call.Args) == 0:
	case name == "make":
		return call.Args[0]
	case name == "new":
		if t := call.Args[0]; isType(t) {
			return &ast.StarExpr{X: t}
		}
	case name == "append":
		return r.typeOf(call.Args[0])
	}
	return nil
}

// basic are types without a literal that a conversion may name.
var basic = []string{"int", "int8", "int16", "int32", "int64", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr", "byte", "rune", "string"}

// isType reports whether an operand is surely a type: new takes values, too.
func isType(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.StructType, *ast.InterfaceType:
		return true
	case *ast.Ident:
		return e.Obj != nil && e.Obj.Kind == ast.Typ
	}
	return false
}

func resultAt(f *ast.FuncType, i int) ast.Expr {
	if f == nil || f.Results == nil {
		return nil
	}
	for _, field := range f.Results.List {
		if n := max(1, len(field.Names)); i < n {
			return field.Type
		} else {
			i -= n
		}
	}
	return nil
}

// element returns the type of what a type holds many of, or points to.
func (r *reader) element(t ast.Expr) ast.Expr {
	switch shape := r.shape(t).(type) {
	case *ast.MapType:
		return shape.Value
	case *ast.ArrayType:
		return shape.Elt
	case *ast.ChanType:
		return shape.Value
	case *ast.StarExpr:
		return shape.X
	}
	return nil
}

// field returns the type of a field that a struct, or what a pointer points to, has.
func (r *reader) field(t ast.Expr, name string) ast.Expr {
	shape := r.shape(t)
	if to, ok := shape.(*ast.StarExpr); ok {
		shape = r.shape(to.X)
	}
	of, ok := shape.(*ast.StructType)
	if !ok {
		return nil
	}
	for _, f := range of.Fields.List {
		if slices.ContainsFunc(f.Names, func(n *ast.Ident) bool { return n.Name == name }) {
			return f.Type
		}
	}
	return nil // perhaps an embedded field's, or a method
}

// shape returns the literal that a type comes down to.
func (r *reader) shape(t ast.Expr) ast.Expr {
	for ; r.steps < deepest; r.steps++ {
		switch named := t.(type) {
		case *ast.ParenExpr:
			t = named.X
		case *ast.IndexExpr: // an instance, whose parameters stand for nothing that is known
			t = named.X
		case *ast.IndexListExpr:
			t = named.X
		case *ast.Ident:
			if named.Obj == nil || named.Obj.Kind != ast.Typ {
				return t
			}
			switch decl := named.Obj.Decl.(type) {
			case *ast.TypeSpec:
				t = decl.Type
			case *ast.Field: // a type parameter: what its constraint says
				all, ok := decl.Type.(*ast.UnaryExpr)
				if !ok || all.Op != token.TILDE {
					return nil
				}
				t = all.X
			default:
				return nil
			}
		default:
			return t
		}
	}
	return nil
}
