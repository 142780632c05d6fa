package engine

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"strings"
	"unicode"
)

// mismatch says which entry does not have the signature that the stub gives it, or has
// one in which a name means something of the program's own; "" when all are the same. It compares text and is asked only when
// the checks did not compile against the program.
func (j *judgement) mismatch() string {
	stub, err := os.ReadFile(j.exercise.StubPath())
	if err != nil {
		return ""
	}
	want, got := declared(stub), declared(j.program.Source)
	for _, name := range j.exercise.Entry {
		if want[name] != "" && want[name] != got[name] {
			return fmt.Sprintf("%s is not declared as the task asks. It must be\n\t%s\nand is\n\t%s", name, want[name], got[name])
		}
	}
	for _, name := range j.exercise.Entry {
		for _, used := range namesIn(want[name]) {
			if want[used] == "" && got[used] != "" {
				article := "a"
				if strings.ContainsAny(used[:1], "aeiou") {
					article = "an"
				}
				return fmt.Sprintf("%s is not declared as the task asks, because the program declares %s %s of its own (%s): give that another name", name, article, used, got[used])
			}
		}
	}
	return ""
}

// namesIn returns the identifiers in a header.
func namesIn(header string) []string {
	return strings.FieldsFunc(header, func(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// declared returns functions' and types' headers, in one line each, without what
// a learner may change: names of parameters, comments, the layout.
func declared(source []byte) map[string]string {
	found := map[string]string{}
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return found
	}
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				ast.Inspect(decl.Type, unname)
				found[decl.Name.Name] = "func " + decl.Name.Name + strings.TrimPrefix(types.ExprString(decl.Type), "func")
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				if spec, ok := spec.(*ast.TypeSpec); ok {
					found[spec.Name.Name] = "type " + spec.Name.Name + " " + types.ExprString(spec.Type)
				}
			}
		}
	}
	return found
}

func unname(n ast.Node) bool {
	if fn, ok := n.(*ast.FuncType); ok {
		for _, list := range []*ast.FieldList{fn.Params, fn.Results} {
			if list == nil {
				continue
			}
			var fields []*ast.Field
			for _, field := range list.List {
				for range max(1, len(field.Names)) {
					fields = append(fields, &ast.Field{Type: field.Type})
				}
			}
			list.List = fields
		}
	}
	return true
}
