package filter_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/filter"
	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// Whatever Go a learner writes, neither filter nor weaving may fall over it, and what
// is woven must hold nothing new that gives orders to the compiler but the one that
// hides forgetting.
func FuzzPrograms(f *testing.F) {
	for _, s := range []string{
		"func Add() {}", "var Add = make()", "var Add = make(chan int, 1<<70)", "var Add [1 / 0]int", "var Add = [...]int{'\\xff': 1}",
		"const a = a\nvar Add [a]int", "type Add struct{ Add }\nvar x Add\nfunc (Add) M() { _ = x }", "var Add, b = b, Add",
		"var Add = append([]int{}, <-c...)\nvar c chan []int", "var Add struct {\n\ta int\n}", "var (\n\tAdd = []int{1,\n2}\n\tb int\n)",
		"func Add() { io.EOF, *time.Local = nil, *time.UTC }", "func Add() { select { case <-a: case b <- 1: default: } }",
		"func Add() { L: for { break L }; goto L }", "const Add = iota\nvar x [Add << 100]int", "var Add = f[int](1)", "var Add = ''",
		"var Add = func() int { return Add() }", "var woven_forget, Add = 1, woven_forget", "var Add = [...][2]int{1<<40: {}}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, source string) {
		p, err := ex.FromFile("answer.go", []byte("package adder\n"+source))
		if err != nil || filter.Refuses(ex, p) != "" {
			return
		}
		forgetful, err := weave.Forgetful("submission.go", p.Source, weave.Schedule)
		if err != nil {
			return // it does not parse
		}
		woven, err := weave.File("submission.go", forgetful, weave.Schedule)
		if err != nil {
			t.Fatalf("what makes it forget does not parse: %v\n%s", err, forgetful)
		}
		if _, err := weave.File("submission.go", woven.Text, weave.Schedule); err != nil {
			t.Fatalf("what is woven does not parse: %v\n%s", err, woven.Text)
		}
		if more := strings.Count(string(woven.Text), "//go:") - strings.Count(string(p.Source), "//go:"); more > 1 {
			t.Fatalf("%d orders more:\n%s", more, woven.Text)
		}
	})
}
