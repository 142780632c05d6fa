package exercise_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

var adder = &exercise.Exercise{Slug: "adder", Manifest: exercise.Manifest{Entry: []string{"Add"}}}

// cells makes a notebook of code cells; one that begins with "graded:" is the
// exercise's own.
func cells(t *testing.T, sources ...string) *notebook.Notebook {
	t.Helper()
	n := &notebook.Notebook{Minor: 5}
	for i, source := range sources {
		source, graded := strings.CutPrefix(source, "graded:")
		c := notebook.NewCell(notebook.Code, fmt.Sprint("c", i), source)
		if graded {
			c.Metadata["interleave"] = map[string]any{"exercise": "adder"}
		}
		n.Cells = append(n.Cells, c)
	}
	return n
}

const add = "func Add(a, b int) int { return a + b }"

func TestWhatANotebookDeclares(t *testing.T) {
	for name, c := range map[string]struct {
		cells     []string
		has, lack []string
	}{
		"positions are the declaration's lines":  {[]string{"x := 1", "\n\n" + add}, []string{"//line Add:1:1\nfunc Add"}, nil},
		"the last definition counts":             {[]string{add, "func Add(a, b int) int { return 42 }"}, []string{"42"}, []string{"a + b"}},
		"what the entry reaches comes along":     {[]string{"func sum(a, b int) int { return a + b }", "func Add(a, b int) int { return sum(a, b) }", "func other() {}"}, []string{"func sum"}, []string{"other"}},
		"methods come with their type":           {[]string{"type T struct{}", "func (t *T) Add() int { return helper() }", "func helper() int { return 1 }", "func Add() int { return (&T{}).Add() }"}, []string{"type T", "func (t *T) Add", "func helper"}, nil},
		"a local name reaches nothing":           {[]string{"var results = os.Args", "func Add() int { results := 1; return results }"}, nil, []string{"os"}},
		"main after %% is not part":              {[]string{add + "\n%%\nfmt.Println(Add(1, 2))"}, []string{"a + b"}, []string{"Println"}},
		"a broken main after %% does not matter": {[]string{add + "\n%%\nfmt.Println(("}, []string{"a + b"}, nil},
		"commands are not part":                  {[]string{"!ls -l\n%env A=1\n!echo \\\nfoo {\n" + add}, []string{"//line Add:1:1\nfunc Add"}, []string{"echo", "foo"}},
		"a shell script is not part":             {[]string{"%%bash\nfunc Add {", add}, []string{"a + b"}, nil},
		"a package clause is dropped":            {[]string{"package main\n" + add}, []string{"//line Add:1:1\nfunc Add"}, []string{"package main"}},
		"only used imports stay":                 {[]string{"import (\n\"os\"\n\"sync\"\n)", "func Add() { var mu sync.Mutex; mu.Lock() }"}, []string{`import sync "sync"`}, []string{`"os"`}},
		"an import may be left to the kernel":    {[]string{"func Add() { var mu sync.Mutex; mu.Lock() }"}, []string{`import sync "sync"`}, nil},
		"an import under another name":           {[]string{"import m \"sync\"\nfunc Add() { var mu m.Mutex; mu.Lock() }"}, []string{`import m "sync"`}, nil},
		"constants of a block keep their values": {[]string{"const (\na = iota\nb\nc\n)", "func Add() int { return c }"}, []string{"a = iota\nb\nc"}, nil},
		"a constant declared anew":               {[]string{"const (\na = iota\nb\nc\n)", "const b = 7", "func Add() int { return b + c }"}, []string{"const b = 7", "a = iota\n_\nc"}, nil},
		"a variable of two declared anew":        {[]string{"var a, b = 1, 2", "var a = 5", "func Add() int { return a + b }"}, []string{"\nvar _, b = 1, 2", "\nvar a = 5"}, []string{"var a, b"}},
		"a variable whose last is of two":        {[]string{"var a = 5", "var b, a = pair()", "func pair() (int, int) { return 1, 2 }", "func Add() int { return a }"}, []string{"var b, a = pair()"}, []string{"var a = 5"}},
		"both variables of two declared anew":    {[]string{"var a, b = 1, 2", "var b = 3", "var a = 5", "func Add() int { return a + b }"}, []string{"var b = 3", "var a = 5"}, []string{"1, 2"}},
		"a long name is replaced, not its value": {[]string{"var b, total = total(), 2", "var total = 5", "func Add() int { return b }"}, []string{"var b, _     = total(), 2"}, nil},
		"a constant named in a comment before":   {[]string{"const (\nb = 1 // not a\na = 2\n)", "const a = 7", "func Add() int { return a + b }"}, []string{"b = 1 // not a\n_ = 2", "const a = 7"}, nil},
		"main and init_ are not part":            {[]string{"func main() { Add() }\nfunc init_x() {}\n" + add}, []string{"a + b"}, []string{"main()", "init_x"}},
		"a broken cell elsewhere is left out":    {[]string{"func {", "graded:" + add}, []string{"a + b"}, nil},
		"Windows line ends":                      {[]string{"// doc\r\n" + add + "\r\n%%\r\nAdd(1, 2)"}, []string{"//line Add:1:1\nfunc Add"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := adder.FromNotebook(cells(t, c.cells...))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.has {
				if !strings.Contains(string(p.Source), want) {
					t.Errorf("lacks %q:\n%s", want, p.Source)
				}
			}
			for _, dont := range c.lack {
				if strings.Contains(string(p.Source), dont) {
					t.Errorf("holds %q:\n%s", dont, p.Source)
				}
			}
		})
	}
}

func TestNotebooksWithoutAProgram(t *testing.T) {
	for name, c := range map[string]struct {
		cells []string
		kind  exercise.Kind
		says  string
	}{
		"empty":                             {nil, exercise.Missing, "Add is not declared"},
		"renamed":                           {[]string{"func Plus(a, b int) int { return 0 }"}, exercise.Missing, "Add is not declared"},
		"its own cell is broken":            {[]string{"x := 1", "graded:\nfunc Add(a, b int) int {\n\treturn a +\n}"}, exercise.Broken, "line 4 of your answer: "},
		"broken after a right one":          {[]string{add, "graded:func Add() {"}, exercise.Broken, "line 1 of your answer: "},
		"declared in a broken cell":         {[]string{"func Add() int { return ( }"}, exercise.Broken, "line 1 of the cell with func Add() int { return ( }: "},
		"lost in a broken cell":             {[]string{"}{ func Add"}, exercise.Missing, "line 1 of the cell with }{ func Add: "},
		"huge":                              {[]string{add, "// " + strings.Repeat("x", 2<<20)}, exercise.Unreadable, "more than 1024 kB"},
		"zero bytes":                        {[]string{"func Add() {}\x00"}, exercise.Unreadable, "zero bytes"},
		"orders to the compiler":            {[]string{"//go:norace\n" + add}, exercise.Banned, "//go:norace"},
		"in a cell that begins with others": {[]string{"import (\n\"fmt\"\n)\n\nvar Add, " + strings.Repeat("x", 60) + " ="}, exercise.Missing, "line 5 of the cell with var Add, " + strings.Repeat("x", 31) + "…: "},
		"turned into text by mistake":       {[]string{"Add two numbers"}, exercise.Missing, "Add is not declared"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := adder.FromNotebook(cells(t, c.cells...))
			var source *exercise.SourceError
			if !errors.As(err, &source) || source.Kind != c.kind || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, want a %s one that says %q", err, c.kind, c.says)
			}
		})
	}
}

func TestFilesWithoutAProgram(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		kind exercise.Kind
	}{
		"not UTF-8": {"package p\n// \xff\n" + add, exercise.Unreadable},
		"empty":     {"", exercise.Missing},
		"an init":   {"package p\nfunc init() {}\n" + add, exercise.Banned},
		"broken":    {"package p\nfunc Add(", exercise.Broken},
		"a picture": {"\x89PNG\r\n\x1a\n\x00\x00", exercise.Unreadable},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := adder.FromFile("answer.go", []byte(c.text))
			var source *exercise.SourceError
			if !errors.As(err, &source) || source.Kind != c.kind {
				t.Errorf("got %v, want a %s one", err, c.kind)
			}
		})
	}
}
