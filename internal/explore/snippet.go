package explore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// helper is the package whose Run and Seed a cell calls with a snippet.
const helper = "github.com/interleave-lab/interleave/kernel-helpers/explore"

// Snippet is a function that a call in a program's main names, with what it reaches of
// the program: all but the rest of main.
type Snippet struct {
	file   string // the program's
	source []byte // with the snippet as main, on its own lines
	funcs  []span // all functions, main as "%%" with the lines of the cell's own
}

// span is where a function stands.
type span struct {
	name     string
	from, to int // lines; the reader counts from the first
}

// NewSnippet finds the call of kernel-helpers/explore in a line of a program, as the
// kernel composes it of all cells.
func NewSnippet(file string, line int) (*Snippet, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	if file, err = filepath.EvalSymlinks(file); err != nil {
		return nil, err
	}
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	main := mainOf(parsed)
	if main == nil {
		return nil, fmt.Errorf("%s has no main", file)
	}
	f := argument(fset, parsed, main, line)
	if f == nil {
		return nil, errors.New("the call has to stand in main, under %%, with a function as its argument: explore.Run(func() { … })")
	}
	tf := fset.File(parsed.FileStart)
	cut := func(from, to token.Pos) (before, gone, after []byte) {
		return source[:tf.Offset(from)], source[tf.Offset(from):tf.Offset(to)], source[tf.Offset(to):]
	}
	text := append([]byte("("), source[tf.Offset(f.Pos()):tf.Offset(f.End())]...)
	text = append(text, ")()"...)
	_, before, _ := cut(main.Body.Lbrace+1, f.Pos())
	_, after, _ := cut(f.End(), main.Body.Rbrace)
	head, _, tail := cut(main.Body.Lbrace+1, main.Body.Rbrace)
	whole := bytes.Join([][]byte{head, newlines(before), text, newlines(after), tail}, nil)
	s := &Snippet{file: file, funcs: spans(fset, parsed, main)}
	s.source, err = withoutUnused(file, whole)
	return s, err
}

func mainOf(file *ast.File) *ast.FuncDecl {
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "main" && fn.Body != nil {
			return fn
		}
	}
	return nil
}

// argument is the function that the call in a line hands over, the innermost if
// several calls go over that line.
func argument(fset *token.FileSet, file *ast.File, main *ast.FuncDecl, line int) (f ast.Expr) {
	known := ""
	for _, spec := range file.Imports {
		if spec.Path.Value == strconv.Quote(helper) {
			known = path.Base(helper)
			if spec.Name != nil {
				known = spec.Name.Name
			}
		}
	}
	ast.Inspect(main, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || fset.Position(call.Pos()).Line > line || fset.Position(call.End()).Line < line {
			return true
		}
		if called, ok := call.Fun.(*ast.SelectorExpr); ok && len(call.Args) > 0 {
			x, ok := called.X.(*ast.Ident)
			if ok && x.Name == known && (called.Sel.Name == "Run" || called.Sel.Name == "Seed") {
				f = call.Args[len(call.Args)-1]
			}
		}
		return true
	})
	return f
}

func newlines(text []byte) []byte { return bytes.Repeat([]byte("\n"), bytes.Count(text, []byte("\n"))) }

// spans are where functions stand, as a reader of cells counts lines.
func spans(fset *token.FileSet, file *ast.File, main *ast.FuncDecl) (all []span) {
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		one := span{fn.Name.Name, fset.Position(fn.Pos()).Line, fset.Position(fn.End()).Line}
		if fn == main && len(fn.Body.List) > 0 && parsesFlags(fn.Body.List[0]) {
			one = span{"%%", fset.Position(fn.Body.List[0].Pos()).Line + 1, one.to}
		}
		all = append(all, one)
	}
	return all
}

// parsesFlags reports whether a statement is flag.Parse(), which the kernel writes in
// front of a cell's main.
func parsesFlags(s ast.Stmt) bool {
	expr, ok := s.(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := expr.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && f.Sel.Name == "Parse"
}

// withoutUnused drops the imports that only the rest of main used, in their lines.
func withoutUnused(name string, source []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				used[x.Name] = true
			}
		}
		return true
	})
	tf := fset.File(file.FileStart)
	text := append([]byte(nil), source...)
	for _, spec := range file.Imports {
		importPath, err := strconv.Unquote(spec.Path.Value)
		if err != nil || importPath == "C" {
			continue
		}
		names := []string{path.Base(suffix.ReplaceAllString(importPath, ""))}
		if spec.Name != nil {
			names = []string{spec.Name.Name}
		} else {
			names = append(names, strings.TrimPrefix(names[0], "go-"), strings.TrimSuffix(names[0], "-go"))
		}
		keep := names[0] == "_" || names[0] == "."
		for _, n := range names {
			keep = keep || used[n]
		}
		if keep {
			continue
		}
		from, to := tf.Offset(spec.Pos()), tf.Offset(spec.End())
		for _, d := range file.Decls {
			if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT && !d.Lparen.IsValid() && d.Specs[0] == ast.Spec(spec) {
				from = tf.Offset(d.Pos())
			}
		}
		for i := from; i < to; i++ {
			text[i] = ' '
		}
	}
	return text, nil
}

// suffix ends the path of an import without being its name.
var suffix = regexp.MustCompile(`(/v[0-9]+|\.v[0-9]+)$`)

// overlay writes the snippet's program where go list finds it.
func (s *Snippet) overlay(dir string) (string, error) {
	program := filepath.Join(dir, "snippet.go")
	if err := os.WriteFile(program, s.source, 0o600); err != nil {
		return "", err
	}
	text, err := json.Marshal(map[string]any{"Replace": map[string]string{s.file: program}})
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "snippet.json")
	return file, os.WriteFile(file, text, 0o600)
}

// Dir is the folder of the program.
func (s *Snippet) Dir() string { return filepath.Dir(s.file) }

// place is a line of the program's file as the reader of a cell counts it: within %%
// or a function, since the file is the kernel's.
func (s *Snippet) place(line int) weave.Place {
	for _, f := range s.funcs {
		if f.from <= line && line <= f.to {
			return weave.Place{Unit: f.name, Line: line - f.from + 1}
		}
	}
	return weave.Place{Unit: "main.go", Line: line}
}

// tell names a place in a snippet.
func tell(p weave.Place) string {
	if p.Unit == "%%" {
		return fmt.Sprintf("line %d below %%%%", p.Line)
	}
	return fmt.Sprintf("line %d of %s", p.Line, p.Unit)
}
