package filter

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// initialisers finds package variables whose values do something: they would be
// computed before anything is judged, where nothing sees what they do.
func (r *reader) initialisers(file *ast.File) string {
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, spec := range g.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				if n, does := r.acts(value); n != nil {
					return r.at(n) + " a variable outside of functions gets its value by " + does +
						", which would happen before anything is judged: give it a plain value, and do this in a function."
				}
			}
		}
	}
	return ""
}

// acts returns what in an expression does more than make a value, and its name.
func (r *reader) acts(e ast.Expr) (found ast.Node, does string) {
	ast.Inspect(e, func(n ast.Node) bool {
		if found != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false // which runs when it is called
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				found, does = n, "waiting for a channel"
			}
		case *ast.CallExpr:
			if !r.makes(n) {
				found, does = n, "a call"
				if name := called(n.Fun); name != "" {
					does = "calling " + name
				}
			}
		}
		return true
	})
	return found, does
}

// makes reports whether a call is a conversion, or of a function that only makes a
// value of its arguments.
func (r *reader) makes(call *ast.CallExpr) bool {
	f := ast.Unparen(call.Fun)
	if i, ok := f.(*ast.IndexExpr); ok { // an instance of a generic function
		f = i.X
	}
	if i, ok := f.(*ast.IndexListExpr); ok {
		f = i.X
	}
	switch f := f.(type) {
	case *ast.ArrayType, *ast.MapType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType, *ast.StarExpr:
		return true // a conversion
	case *ast.Ident:
		if own, ok := r.declared[f.Name]; ok {
			_, isType := own.(*ast.TypeSpec)
			return isType
		}
		if f.Name == "make" {
			return len(call.Args) == 0 || r.small(call.Args[1:])
		}
		return slices.Contains(predeclared, f.Name)
	case *ast.SelectorExpr:
		path, name := r.packageOf(f)
		if path == "fmt" && name == "Errorf" { // which calls the methods of its arguments
			return !slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { _, plain := arg.(*ast.BasicLit); return !plain })
		}
		return slices.Contains(makers[path], name) || slices.Contains(makers[path], "*") ||
			strings.HasPrefix(name, "New") && slices.Contains(makers[path], "New*")
	}
	return false
}

// small reports whether lengths are plain numbers that cost no memory to speak of.
func (r *reader) small(lengths []ast.Expr) bool {
	for _, e := range lengths {
		if n, known := r.number(e); !known || n > maxWords {
			return false
		}
	}
	return true
}

// predeclared functions and types that may be called.
var predeclared = []string{
	"new", "len", "cap", "min", "max", "complex", "real", "imag", "append",
	"any", "bool", "byte", "complex64", "complex128", "error", "float32", "float64", "int", "int8", "int16", "int32",
	"int64", "rune", "string", "uint", "uint8", "uint16", "uint32", "uint64", "uintptr",
}

// makers are functions that only make a value, and types, by package.
var makers = map[string][]string{
	"bytes":                       {"NewBuffer", "NewBufferString", "NewReader"},
	"container/list":              {"New"},
	"context":                     {"Background", "TODO"},
	"errors":                      {"New", "Join"},
	"math":                        {"*"},
	"math/bits":                   {"*"},
	"math/rand":                   {"New", "NewSource"},
	"math/rand/v2":                {"New", "NewPCG", "NewChaCha8"},
	"regexp":                      {"MustCompile"},
	"strings":                     {"NewReplacer", "NewReader", "Fields", "Split"},
	"sync":                        {"NewCond", "OnceFunc", "OnceValue", "OnceValues"},
	"time":                        {"Date", "Duration", "Month", "Weekday"},
	"golang.org/x/sync/semaphore": {"NewWeighted"},
	exercise.Module + "/kernel-helpers/locks":     {"New*"},
	exercise.Module + "/kernel-helpers/processes": {"New*"},
}

func called(f ast.Expr) string {
	switch f := ast.Unparen(f).(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x := called(f.X); x != "" {
			return x + "." + f.Sel.Name
		}
		return f.Sel.Name
	case *ast.FuncLit:
		return "a function on the spot"
	}
	return ""
}
