package exercise_test

import (
	"errors"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// sound fails unless what was read is a program that Go can read, with the imports
// that it is said to have, or an error about the source.
func sound(t *testing.T, p *exercise.Program, err error) {
	t.Helper()
	var source *exercise.SourceError
	switch {
	case errors.As(err, &source) && err.Error() != "":
		return
	case err != nil:
		t.Fatalf("no error about the source: %v", err)
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", p.Source, parser.ParseComments)
	if err != nil {
		t.Fatalf("the program does not parse: %v\n%s", err, p.Source)
	}
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !slices.Contains(p.Imports, path) {
			t.Fatalf("%s is imported and not among %q", spec.Path.Value, p.Imports)
		}
	}
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//go:") {
				t.Fatalf("the program holds %s", c.Text)
			}
		}
	}
	if file.Name.Name != "adder" {
		t.Fatalf("the program is of package %s", file.Name.Name)
	}
}

var sources = []string{
	add, longAdd, addFile, "", "package p", "package", "/* package x */ package y;" + add, "//go:embed x\n" + add,
	"import . \"fmt\"\n" + add, "import C \"C\"\nfunc Add() { C.x() }", "var Add, b = f()\nvar b = 1",
	"const (\nAdd = iota\nb\n)\nconst b = 2", "type Add[T any] struct{ a, b T }\nfunc (a Add[T]) M() {}",
	"type (Add struct{}; B int)", "func Add() {}; func b() {}", "func (Add) init() {}\ntype Add int",
	"%%\nAdd()", "!ls \\\n\\", "%%bash\n", "%%writefile x\npackage p", "//gonb:%%\n", "\ufeff" + add, "\x00", "\xff",
	"<<<<<<< a\n=======\n>>>>>>> b", "var Add = `\n//go:x\n//line a:1\n`", "func Add() {\n//line x:1\n}",
	"var _, Add = 1, 2; var Add = _", "import \"a\\x00b\"\nvar Add = b.C", "func Add() { a.b(); unsafe.X() }",
	"package main\r\rfunc Add() {}\r", "type Add = Add", "func (x, y Add) M() {}\ntype Add int", "func () M() {}",
}

func FuzzFile(f *testing.F) {
	for _, s := range sources {
		f.Add("answer.go", []byte(s))
	}
	f.Add("a\nfunc init() {}:1:1", []byte(add))
	f.Fuzz(func(t *testing.T, name string, text []byte) {
		p, err := adder.FromFile(name, text)
		sound(t, p, err)
	})
}

func FuzzCells(f *testing.F) {
	for i, s := range sources {
		f.Add(s, sources[(i+1)%len(sources)])
	}
	f.Fuzz(func(t *testing.T, graded, other string) {
		p, err := adder.FromNotebook(cells(t, "graded:"+graded, other))
		sound(t, p, err)
	})
}

func FuzzKernel(f *testing.F) {
	for _, s := range sources {
		f.Add([]byte("package main\n\n" + s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := adder.FromKernel(text)
		sound(t, p, err)
	})
}

func FuzzHandedIn(f *testing.F) {
	book := saved(f, add, "x := 1")
	f.Add("day.ipynb", []byte(book))
	f.Add("day.ipynb", []byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":["a",1],"metadata":{"nbgrader":{"solution":true,"grade_id":[]}}}]}`))
	f.Add("day.ipynb", []byte(`{"cells":null,"nbformat":4,"cells":[null,{}]}`))
	f.Add("x.zip", zipOf(f, entry{name: "day.ipynb", text: book}, entry{name: "adder.go", text: addFile}))
	f.Add("x.zip", zipOf(f, entry{name: "adder.go", text: addFile}))
	f.Add("adder.go", []byte(addFile))
	f.Add("", []byte{})
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		h, err := exercise.ReadHandedIn(name, data)
		if err != nil {
			sound(t, nil, err)
			return
		}
		h.Owes([]*exercise.Exercise{adder})
		p, err := adder.From(h)
		sound(t, p, err)
	})
}
