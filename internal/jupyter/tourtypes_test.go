package jupyter_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// helperPath is where the packages are that cells import.
const helperPath = "github.com/interleave-lab/interleave/kernel-helpers/"

// typeChecked returns a notebook's cells as one type-checked program. It knows
// what a name in a cell stands for, whatever else has a method of that name.
func typeChecked(t *testing.T, root string, n *notebook.Notebook) *packages.Package {
	t.Helper()
	source := asProgram(t, n)
	// The file is not there: the go command is told what it would hold.
	name := filepath.Join(root, "internal", "jupyter", "tour", "main.go")
	loaded, err := packages.Load(&packages.Config{
		Dir: root,
		Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile |
			packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Overlay: map[string][]byte{name: source},
	}, filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range loaded[0].Errors {
		t.Errorf("the cells, as one program: %v\n%s", wrong, lineOf(source, wrong.Pos))
	}
	if t.Failed() {
		t.FailNow()
	}
	return loaded[0]
}

// asProgram joins the cells as the kernel does, each with its main under a name
// of its own.
func asProgram(t *testing.T, n *notebook.Notebook) []byte {
	t.Helper()
	var imports, rest strings.Builder
	imported := map[string]bool{}
	for _, cell := range n.Cells {
		if cell.Type != notebook.Code {
			continue
		}
		above, main, _ := strings.Cut("\n"+cell.Source, "\n%%\n")
		const clause = "package tour\n"
		file, err := parser.ParseFile(token.NewFileSet(), cell.ID, clause+above, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range file.Decls {
			general, ok := decl.(*ast.GenDecl)
			if !ok || general.Tok != token.IMPORT {
				// Positions count from 1, and the file set is new.
				from, to := int(decl.Pos())-1-len(clause), int(decl.End())-1-len(clause)
				rest.WriteString(above[from:to] + "\n")
			}
		}
		for _, spec := range file.Imports {
			if path := spec.Path.Value; !imported[path] {
				imported[path] = true
				fmt.Fprintln(&imports, "import", path)
			}
		}
		fmt.Fprintf(&rest, "func _() { // %s\n%s\n}\n", cell.ID, main)
	}
	return []byte("package main\n" + imports.String() + rest.String() + "func main() {}\n")
}

// lineOf returns the line that a position, file:line:column, names.
func lineOf(source []byte, position string) string {
	var line, column int
	_, after, _ := strings.Cut(position, ".go:")
	if _, err := fmt.Sscanf(after, "%d:%d", &line, &column); err != nil {
		return ""
	}
	return strings.Split(string(source), "\n")[line-1]
}

// exported returns a package's functions and the methods of its types, by the
// names that a reader has for them. What a type gets from one that it embeds, or
// is an alias of, stands under the first name only.
func exported(pkg *types.Package) map[*types.Func]string {
	found := map[*types.Func]string{}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if !object.Exported() {
			continue
		}
		full := pkg.Name() + "." + name
		switch object := object.(type) {
		case *types.Func:
			found[object] = full
		case *types.TypeName:
			for method := range methods(object.Type()) {
				if _, known := found[method]; !known {
					found[method] = full + "." + method.Name()
				}
			}
		}
	}
	return found
}

// methods returns the exported methods of a type or of a pointer to it, as far
// as they are ours: not those of an embedded sync.Mutex.
func methods(of types.Type) map[*types.Func]bool {
	found := map[*types.Func]bool{}
	if !types.IsInterface(of) {
		of = types.NewPointer(types.Unalias(of))
	}
	for selection := range types.NewMethodSet(of).Methods() {
		method := selection.Obj().(*types.Func).Origin()
		if method.Exported() && strings.HasPrefix(method.Pkg().Path(), helperPath) {
			found[method] = true
		}
	}
	return found
}

// used returns the functions and methods that a program calls, or hands over to
// be called: as a value, as part of an interface of the program's own, or, String
// and Error, to be printed.
func used(program *packages.Package) map[*types.Func]bool {
	found := map[*types.Func]bool{}
	for _, object := range program.TypesInfo.Uses {
		if f, ok := object.(*types.Func); ok {
			found[f.Origin()] = true
		}
	}
	ast.Inspect(program.Syntax[0], func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		signature, ok := program.TypesInfo.TypeOf(call.Fun).Underlying().(*types.Signature)
		if !ok {
			return true // a conversion
		}
		prints := printing(program, call)
		for i, argument := range call.Args {
			given := types.NewMethodSet(program.TypesInfo.TypeOf(argument))
			for _, name := range asked(parameter(signature, i), prints) {
				// What fmt prints has one of its two names asked, Error first.
				if method := given.Lookup(nil, name); method != nil {
					found[method.Obj().(*types.Func).Origin()] = true
					if prints {
						break
					}
				}
			}
		}
		return true
	})
	return found
}

// asked returns the names of the methods that a function may call of what it is
// given as a parameter: all of an interface that the program declares itself.
func asked(parameter types.Type, prints bool) (names []string) {
	if prints {
		return []string{"Error", "String"}
	}
	named, ok := parameter.(*types.Named)
	if !ok || named.Obj().Pkg() == nil || named.Obj().Pkg().Name() != "main" {
		return nil
	}
	if face, ok := named.Underlying().(*types.Interface); ok {
		for method := range face.Methods() {
			names = append(names, method.Name())
		}
	}
	return names
}

// parameter returns the type of a function's i-th argument.
func parameter(of *types.Signature, i int) types.Type {
	params := of.Params()
	if last := params.Len() - 1; of.Variadic() && i >= last {
		if list, ok := params.At(last).Type().(*types.Slice); ok {
			return list.Elem()
		}
	}
	return params.At(i).Type()
}

// printing reports whether a call is one of package fmt's.
func printing(program *packages.Package, call *ast.CallExpr) bool {
	callee, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	f, ok := program.TypesInfo.Uses[callee.Sel].(*types.Func)
	return ok && f.Pkg() != nil && f.Pkg().Path() == "fmt"
}
