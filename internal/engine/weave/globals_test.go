package weave_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

func TestAProgramForgets(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   []string // in this order; nil: nothing is added
	}{
		"none":                     {"package p\n\nfunc f() {}", nil},
		"constants":                {"package p\n\nconst a = 1", nil},
		"a value":                  {"package p\n\nvar a = 1", []string{"import woven_forgets \"S\"", "Globals(woven_forget)", "//go:norace\nfunc woven_forget() {", "//line p.go:3\na = 1"}},
		"no value":                 {"package p\n\nvar a, b map[string]int", []string{"{ var woven_zero map[string]int; a = woven_zero }", "; b = woven_zero }"}},
		"in the order of need":     {"package p\n\nvar a = b + 1\nvar b = c\nvar c = 2", []string{"c = 2", "b = c", "a = b + 1"}},
		"not what is called later": {"package p\n\nvar a = func() int { return b }\nvar b = 1", []string{"a = func() int { return b }", "b = 1"}},
		"lines of its own":         {"package p\n//line X:7:1\nvar a = []int{\n1,\n}", []string{"//line X:7\na = []int{\n1,\n}"}},
		"nothing of a child":       {"package p\nimport processes \"m/kernel-helpers/processes\"\nvar a = processes.NewFunc(\"a\", f)\nvar b = 1", []string{"b = 1"}},
		"blanks":                   {"package p\nvar _ = 1\nvar _, b = 1, 2", []string{"_, b = 1, 2"}},
		"names that are taken":     {"package p\nvar woven_forget = 1", []string{"import woven__forgets", "woven_forget = 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := weave.Forgetful("p.go", []byte(c.source), "S")
			if err != nil {
				t.Fatal(err)
			}
			added := string(got)
			if c.want == nil && added != c.source {
				t.Errorf("added:\n%s", added)
			}
			for _, want := range c.want {
				i := strings.LastIndex(added, want)
				if i < 0 {
					t.Fatalf("lacks, or has too early, %q:\n%s", want, got)
				}
				added = added[:0] + added[i:]
			}
			if strings.Contains(string(got), "a = processes") && strings.Count(string(got), "NewFunc") > 1 {
				t.Errorf("a child's function is made anew:\n%s", got)
			}
			if _, err := weave.File("p.go", got, weave.Schedule); err != nil {
				t.Errorf("%v:\n%s", err, got)
			}
		})
	}
}
