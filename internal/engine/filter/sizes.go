package filter

import (
	"go/ast"
	"go/token"
	"strconv"
)

const (
	// maxWords bounds what package variables hold by their types alone, in words.
	maxWords = 1 << 16
	endless  = 1 << 40 // where numbers stop to grow
)

// sizes finds package variables that are large before anything runs: they would
// make the linker write gigabytes, or the program not start.
func (r *reader) sizes(file *ast.File) string {
	m := measure{r, map[*ast.TypeSpec]int64{}}
	sum := int64(0)
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			v := spec.(*ast.ValueSpec)
			size := m.words(v.Type)
			for _, value := range v.Values {
				size = add(size, m.literals(value))
			}
			if sum = add(sum, times(size, int64(len(v.Names)))); sum > maxWords {
				return r.at(v) + " a variable outside of functions is too large, or its size is no plain number: make what it holds in a function."
			}
		}
	}
	return ""
}

// measure knows how large types are. It counts in words, roughly and rather too many.
type measure struct {
	*reader
	known map[*ast.TypeSpec]int64
}

func (m measure) words(e ast.Expr) int64 {
	switch e := e.(type) {
	case nil:
		return 1
	case *ast.ParenExpr:
		return m.words(e.X)
	case *ast.ArrayType:
		if e.Len == nil {
			return 3
		}
		if _, counted := e.Len.(*ast.Ellipsis); counted {
			return 1 // its literal is measured
		}
		n, known := m.number(e.Len)
		if !known {
			return endless
		}
		return times(n, m.words(e.Elt))
	case *ast.StructType:
		sum := int64(1)
		for _, f := range e.Fields.List {
			sum = add(sum, times(m.words(f.Type), int64(max(1, len(f.Names)))))
		}
		return sum
	case *ast.Ident:
		spec, ok := m.declared[e.Name].(*ast.TypeSpec)
		if !ok {
			return 2
		}
		size, known := m.known[spec]
		if !known {
			m.known[spec] = 1 // of a type that holds itself, which does not compile
			size = m.words(spec.Type)
			m.known[spec] = size
		}
		return size
	case *ast.IndexExpr: // an instance of a generic type, whose parameters may be large
		return times(m.words(e.X), m.words(e.Index))
	case *ast.IndexListExpr:
		size := m.words(e.X)
		for _, parameter := range e.Indices {
			size = times(size, m.words(parameter))
		}
		return size
	case *ast.SelectorExpr:
		return 8
	}
	return 2
}

// literals returns the size of what an initialiser writes out.
func (m measure) literals(e ast.Expr) (sum int64) {
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CompositeLit:
			// Elements may be alike in all but their number.
			sum = add(sum, m.words(n.Type))
			_, list := n.Type.(*ast.ArrayType)
			for _, element := range n.Elts {
				sum = add(sum, 1)
				pair, ok := element.(*ast.KeyValueExpr)
				if !ok || !list && n.Type != nil {
					continue
				}
				if at, known := m.number(pair.Key); known { // [...]int{1 << 30: 1}
					sum = add(sum, at)
				}
			}
		case *ast.CallExpr: // make and new
			for _, arg := range n.Args {
				if _, isArray := arg.(*ast.ArrayType); isArray {
					sum = add(sum, m.words(arg))
				}
			}
		}
		return true
	})
	return sum
}

// number is the value of a constant expression, as far as it is plain arithmetic. It
// stops to grow at endless.
func (r *reader) number(e ast.Expr) (n int64, known bool) { return r.numberOf(e, -1) }

func (r *reader) numberOf(e ast.Expr, iota int64) (n int64, known bool) {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return r.numberOf(e.X, iota)
	case *ast.BasicLit:
		switch e.Kind {
		case token.INT:
			n, err := strconv.ParseInt(e.Value, 0, 64)
			return min(n, endless), err == nil
		case token.CHAR:
			c, _, _, err := strconv.UnquoteChar(e.Value[1:max(1, len(e.Value)-1)], '\'')
			return int64(c), err == nil
		}
	case *ast.Ident:
		c, ok := r.constants[e.Name]
		if !ok {
			return iota, e.Name == "iota" && iota >= 0
		}
		if !c.read {
			c.read = true // a constant of itself is unknown
			c.n, c.known = r.numberOf(c.value, c.iota)
		}
		return c.n, c.known
	case *ast.BinaryExpr:
		x, ok := r.numberOf(e.X, iota)
		y, also := r.numberOf(e.Y, iota)
		if !ok || !also {
			return 0, false
		}
		switch e.Op {
		case token.ADD:
			return add(x, y), true
		case token.SUB:
			return x - y, x >= y
		case token.MUL:
			return times(x, y), true
		case token.QUO:
			return x / max(1, y), true
		case token.SHL:
			return times(x, 1<<min(y, 40)), true
		}
	}
	return 0, false
}

// constant is one that the program declares at its top. Its value is kept: computed
// again wherever it is named, it could take for ever.
type constant struct {
	value       ast.Expr
	iota        int64
	n           int64
	known, read bool
}

// declareConstants notes those of a declaration, what a block leaves out included.
func (r *reader) declareConstants(d *ast.GenDecl) {
	var values []ast.Expr
	for i, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Values) > 0 {
			values = v.Values
		}
		for k, name := range v.Names {
			if k < len(values) {
				r.constants[name.Name] = &constant{value: values[k], iota: int64(i)}
			}
		}
	}
}

// add and times stop at endless.
func add(a, b int64) int64 { return min(a+b, endless) }

func times(a, b int64) int64 {
	if a != 0 && b > endless/a {
		return endless
	}
	return a * b
}
