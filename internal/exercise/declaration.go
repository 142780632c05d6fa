package exercise

import (
	"go/ast"
	"go/parser"
	"go/scanner"
	"go/token"
	"strings"
)

// declaration is one top-level declaration of a learner, cut out of its cell or
// file, with what it mentions.
type declaration struct {
	names   []string // what it declares; a method is "Type.Method"
	at      []int    // where in text each name of a var or const stands
	keyword string   // put in front of text: "", "type ", "var " or "const "
	text    string
	place   place
	last    int             // its last line
	uses    map[string]bool // names that it does not declare itself
	inGroup bool            // a constant block: one declaration, whose values depend on one another
	banned  *SourceError    // an order to the compiler that stands in or above it
}

// place is where a declaration's text begins in its unit.
type place struct {
	line   int
	column int
}

// whole is the declaration as it can stand alone.
func (d *declaration) whole() string { return d.keyword + d.text }

// unit is a piece of source that is parsed on its own: a cell or a file.
type unit struct {
	name    string // as At calls it
	own     bool   // it is the exercise's graded cell
	file    bool   // positions are the file's, not those of each declaration
	source  string
	imports map[string]string // name -> path
	decls   []*declaration
	banned  *SourceError // a construct that no unit may hold
	err     *SourceError // it does not parse
}

// parseUnit reads the declarations of Go source without a package clause.
func parseUnit(name, source string) *unit {
	u := &unit{name: name, source: source, imports: map[string]string{}}
	const clause = "package p;" // on the first line, so that lines stay the source's
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, clause+source, parser.ParseComments)
	if err != nil {
		u.err = parseError(name, source, len(clause), err)
		return u
	}
	base := fset.File(file.Pos()).Base()
	cut := func(from, to token.Pos) (string, place) {
		at := fset.PositionFor(from, false)
		if at.Line == 1 {
			at.Column -= len(clause)
		}
		whole := clause + source
		return whole[int(from)-base : int(to)-base], place{line: at.Line, column: at.Column}
	}
	unresolved := map[*ast.Ident]bool{}
	for _, ident := range file.Unresolved {
		unresolved[ident] = true
	}
	for _, spec := range file.Imports {
		importPath := strings.Trim(spec.Path.Value, "\"`")
		key := importName(importPath)
		if spec.Name != nil {
			key = spec.Name.Name
		}
		if key == "." {
			_, at := cut(spec.Pos(), spec.End())
			u.banned = &SourceError{Kind: Banned, Unit: name, Line: at.line,
				Message: "an import with a dot hides where names come from: import " + spec.Path.Value + " without it"}
		}
		u.imports[key] = importPath
	}
	for _, decl := range file.Decls {
		for _, part := range split(decl) {
			d := &declaration{names: part.names, at: part.at, keyword: part.keyword, inGroup: part.inGroup,
				uses: usesOf(part.node, file.Scope, unresolved)}
			d.text, d.place = cut(part.node.Pos(), part.node.End())
			d.last = fset.PositionFor(part.node.End(), false).Line
			u.decls = append(u.decls, d)
		}
	}
	u.chargeOrders(fset, file)
	return u
}

// part is one declaration of a block, or a function.
type part struct {
	node    ast.Node
	names   []string
	at      []int // bytes from node's start to each name of a var or const
	keyword string
	inGroup bool
}

func split(decl ast.Decl) []part {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		// Pos would include the comment above it.
		node := *decl
		node.Doc = nil
		name := decl.Name.Name
		if decl.Recv != nil && len(decl.Recv.List) > 0 {
			name = receiver(decl.Recv.List[0].Type) + "." + name
		}
		return []part{{node: &node, names: []string{name}}}
	case *ast.GenDecl:
		if decl.Tok == token.IMPORT {
			return nil
		}
		if decl.Tok == token.CONST {
			node := *decl
			node.Doc = nil
			p := part{node: &node, inGroup: true}
			for _, spec := range decl.Specs {
				p.names = append(p.names, namesOf(spec)...)
				p.at = append(p.at, placesOf(spec, node.Pos())...)
			}
			return []part{p}
		}
		var parts []part
		for _, spec := range decl.Specs {
			parts = append(parts, part{node: withoutDoc(spec), names: namesOf(spec), at: placesOf(spec, spec.Pos()), keyword: decl.Tok.String() + " "})
		}
		return parts
	}
	return nil
}

func withoutDoc(spec ast.Spec) ast.Spec {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		node := *spec
		node.Doc, node.Comment = nil, nil
		return &node
	case *ast.TypeSpec:
		node := *spec
		node.Doc, node.Comment = nil, nil
		return &node
	}
	return spec
}

func namesOf(spec ast.Spec) []string {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		return []string{spec.Name.Name}
	case *ast.ValueSpec:
		names := make([]string, len(spec.Names))
		for i, ident := range spec.Names {
			names[i] = ident.Name
		}
		return names
	}
	return nil
}

// placesOf returns how far behind start each name of a var or const stands.
func placesOf(spec ast.Spec, start token.Pos) []int {
	value, ok := spec.(*ast.ValueSpec)
	if !ok {
		return nil
	}
	at := make([]int, len(value.Names))
	for i, ident := range value.Names {
		at[i] = int(ident.Pos() - start)
	}
	return at
}

// receiver is the name of a method's type.
func receiver(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		return expr.Name
	case *ast.StarExpr:
		return receiver(expr.X)
	case *ast.ParenExpr:
		return receiver(expr.X)
	case *ast.IndexExpr:
		return receiver(expr.X)
	case *ast.IndexListExpr:
		return receiver(expr.X)
	}
	return "_"
}

// usesOf returns the names of the package, or of another one, that node
// mentions: those that no scope within it declares.
func usesOf(node ast.Node, topLevel *ast.Scope, unresolved map[*ast.Ident]bool) map[string]bool {
	uses := map[string]bool{}
	ast.Inspect(node, func(n ast.Node) bool {
		if ident, ok := n.(*ast.Ident); ok {
			ownFile := ident.Obj != nil && topLevel.Lookup(ident.Name) == ident.Obj
			if unresolved[ident] || ownFile {
				uses[ident.Name] = true
			}
		}
		return true
	})
	return uses
}

func parseError(unit, source string, clause int, err error) *SourceError {
	e := &SourceError{Kind: Broken, Unit: unit, Message: err.Error()}
	if list, ok := err.(scanner.ErrorList); ok && len(list) > 0 {
		e.Line, e.Column, e.Message = list[0].Pos.Line, list[0].Pos.Column, list[0].Msg
		if e.Line == 1 {
			e.Column -= clause
		}
	}
	if lines := strings.Split(source, "\n"); e.Line >= 1 && e.Line <= len(lines) {
		if words := plainly(lines[e.Line-1]); words != "" {
			e.Message += ": " + words
		}
	}
	return e
}

// chargeOrders finds comments that change how the compiler works. Each is charged to
// the declaration that it stands in or above, else to the last: an order in what no
// entry reaches is none of the judge's business, and is left out with it.
func (u *unit) chargeOrders(fset *token.FileSet, file *ast.File) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			word := order(comment.Text)
			if word == "" {
				continue
			}
			line := fset.PositionFor(comment.Pos(), false).Line
			banned := &SourceError{Kind: Banned, Unit: u.name, Line: line,
				Message: "the comment " + word + " gives orders to the compiler, which a graded program may not: remove it"}
			for i, d := range u.decls {
				if line <= d.last || i == len(u.decls)-1 {
					d.banned = banned
					break
				}
			}
		}
	}
}

// order returns the word by which a comment gives orders, or "".
func order(comment string) string {
	for _, start := range []string{"//go:", "//line ", "/*line ", "//export ", "//extern ", "// +build", "//+build"} {
		if strings.HasPrefix(comment, start) {
			word, _, _ := strings.Cut(comment, " ")
			return word
		}
	}
	return ""
}
