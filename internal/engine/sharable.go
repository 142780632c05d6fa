package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// sharable reports whether nothing of a program happens, or takes memory, in a process
// that runs another program of the same binary: all initialisers of a binary run in
// each of its processes. It sees to what package-level variables hold before main: of
// small types, and nothing but constants. In doubt it is false.
func sharable(source []byte) bool {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, 0)
	if err != nil {
		return true // nothing of it will run
	}
	own := map[string]bool{} // names that mean what the program says
	for name := range file.Scope.Objects {
		own[name] = true
	}
	for _, decl := range file.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			if v := spec.(*ast.ValueSpec); !smallType(v.Type, own) || !constants(v.Values, own) {
				return false
			}
		}
	}
	return true
}

// smallType reports whether values of a type take a few words; nil is that of a value.
func smallType(e ast.Expr, own map[string]bool) bool {
	switch e := e.(type) {
	case nil, *ast.StarExpr, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType:
		return true
	case *ast.ParenExpr:
		return smallType(e.X, own)
	case *ast.ArrayType:
		return e.Len == nil
	case *ast.Ident:
		return !own[e.Name] && types.Universe.Lookup(e.Name) != nil
	case *ast.SelectorExpr: // sync.Mutex
		return true
	}
	return false
}

// constants reports whether values are known to the compiler: literals, and what Go
// itself declares.
func constants(values []ast.Expr, own map[string]bool) bool {
	for _, e := range values {
		switch e := e.(type) {
		case *ast.BasicLit, *ast.FuncLit:
		case *ast.UnaryExpr:
			if _, literal := e.X.(*ast.BasicLit); !literal {
				return false
			}
		case *ast.Ident:
			if own[e.Name] || types.Universe.Lookup(e.Name) == nil {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// checksStandAlone reports whether the checks of an exercise have initialisers, such
// as those that name what child processes run: there can be one of a name in a binary.
func checksStandAlone(ex *exercise.Exercise, scope Scope) bool {
	folders := []string{filepath.Join(ex.Dir, "checks")}
	if scope == All {
		folders = append(folders, filepath.Join(ex.Solution.Dir, "hidden"))
	}
	for _, folder := range folders {
		checks, err := sources(folder)
		if err != nil {
			return true
		}
		for _, file := range checks.Files {
			text, err := os.ReadFile(file)
			if err != nil || !sharable(text) {
				return true
			}
		}
	}
	return false
}
