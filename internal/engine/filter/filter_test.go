package filter_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/filter"
	"github.com/interleave-lab/interleave/internal/exercise"
)

var ex = &exercise.Exercise{Slug: "adder", Manifest: exercise.Manifest{
	Entry: []string{"Add"}, Imports: []string{exercise.Module + "/kernel-helpers/processes"}}}

// refused is what the filter says about a file, or why no program can be taken of it.
func refused(t *testing.T, declarations string) string {
	t.Helper()
	p, err := ex.FromFile("answer.go", []byte("package adder\n\n"+declarations))
	if err != nil {
		return err.Error()
	}
	return filter.Refuses(ex, p)
}

// using makes an Add that reaches x.
func using(declaration string) string { return declaration + "\n\nfunc Add() { _ = x }" }

func TestVariablesThatOnlyHoldAValue(t *testing.T) {
	for _, declaration := range []string{
		"var x int",
		"var x = 1 << 3",
		"var x, y = 1, \"a\"",
		"var x = []int{1, 2, 3}",
		"var x = map[string]func(){\"a\": func() { panic(1) }}",
		"var x = &T{n: 1}\ntype T struct{ n int }",
		"var x = T(1)\ntype T int",
		"var x = []byte(\"a\")",
		"var x = (*int)(nil)",
		"var x = make(map[string]int, 100)",
		"const n = 1 << 4\nvar x = make(chan int, n)",
		"var x = new(int)",
		"var x = f\nfunc f() {}",
		"var x = G[int]{}\ntype G[T any] struct{ v T }",
		"import \"errors\"\nvar x = errors.New(\"a\")",
		"import \"fmt\"\nvar x = fmt.Errorf(\"a\")",
		"import \"time\"\nvar x = 3 * time.Second",
		"import \"time\"\nvar x = time.Duration(3)",
		"import \"sync\"\nvar x sync.Mutex",
		"import \"sync\"\nvar x = sync.NewCond(&mu)\nvar mu sync.Mutex",
		"import \"math\"\nvar x = math.Sqrt(2)",
		"import \"context\"\nvar x = context.Background()",
		"var x = locks.NewMutex(\"a\")",
		"var x = processes.NewFunc(\"a\", f)\nfunc f(n int) (int, error) { return n, nil }",
		"var x = processes.NewQueue[int](3)",
		"const (\n\ta = iota\n\tb\n\tcount\n)\nvar x = [count]string{a: \"a\", b: \"b\"}",
		"var x = [...]string{2: \"c\"}",
		"import \"io\"\nvar x = io.EOF",
	} {
		if why := refused(t, using(declaration)); why != "" {
			t.Errorf("%s\n\tis refused: %s", declaration, why)
		}
	}
}

func TestVariablesThatDoMore(t *testing.T) {
	for declaration, says := range map[string]string{
		"var x = f()\nfunc f() int { return 1 }":                                    "by calling f, which would happen before anything is judged",
		"var x = func() int { return 1 }()":                                         "calling a function on the spot",
		"var x = []any{1, func() int { return 1 }()}":                               "calling a function on the spot",
		"var x = <-c\nvar c chan int":                                               "waiting for a channel",
		"var x = t.m()\nvar t T\ntype T int\nfunc (T) m() int { return 1 }":         "calling t.m",
		"var x = T.m(1)\ntype T int\nfunc (T) m() int { return 1 }":                 "calling T.m",
		"var x = make([]int, 1)\nfunc make(a ...any) int { return 1 }":              "calling make",
		"var x = len(\"a\")\nfunc len(s string) int { return 1 }":                   "calling len",
		"var x = new(3)\nvar new = f\nfunc f(int) int { return 1 }":                 "calling new",
		"import \"fmt\"\nvar x = fmt.Sprint(T(1))\ntype T int":                      "calling fmt.Sprint",
		"import \"fmt\"\nvar x = fmt.Errorf(\"%v\", y)\nvar y T\ntype T int":        "calling fmt.Errorf",
		"import \"fmt\"\nvar _, x = fmt.Println(1)":                                 "calling fmt.Println",
		"import \"strings\"\nvar x = strings.Repeat(\"x\", 1<<40)":                  "calling strings.Repeat",
		"import \"time\"\nvar x = time.AfterFunc(0, func() {})":                     "calling time.AfterFunc",
		"import \"sync\"\nvar x = sync.OnceValue(f)()\nfunc f() int { return 1 }":   "a call",
		"var x = threads.Go(\"a\", func() {})":                                      "calling threads.Go",
		"var x = pools.Threads(3, f)\nfunc f(n int) (int, error) { return n, nil }": "calling pools.Threads",
		"var x = make([]int, 1<<40)":                                                "calling make",
		"var x = make([]int, n)\nvar n = 1":                                         "calling make",
		"var x = G[int](1)\nfunc G[T any](v T) T { return v }":                      "by a call",
		"type x int\nvar _ = 1":                                                     "",
		"var x [1 << 30]int":                                                        "too large",
		"var x = [1 << 30]int{}":                                                    "too large",
		"var x = [...]int{1 << 30: 1}":                                              "too large",
		"var x = []int{1 << 30: 1}":                                                 "too large",
		"var x = [][3]int{1 << 30: {1}}":                                            "too large",
		"const n = 1 << 15\nvar x [n][n]int":                                        "too large",
		"var x T\ntype T struct{ a, b U }\ntype U [1 << 16]int":                     "too large",
		"var x = new([1 << 30]int)":                                                 "too large",
		"var x = &T{}\ntype T struct{ a [1 << 30]byte }":                            "too large",
		"var x [len(y)]int\nvar y [1 << 30]int":                                     "too large",
		"var x G[[1 << 20]int]\ntype G[T any] [1 << 20]T":                           "too large",
	} {
		if why := refused(t, using(declaration)); !strings.Contains(why, says) || says == "" && why != "" {
			t.Errorf("%s\n\tthe filter says %q, want %q in it", declaration, why, says)
		}
	}
}

func TestOthersVariables(t *testing.T) {
	for body, foreign := range map[string]bool{
		"io.EOF = nil":                                   true,
		"io.EOF, time.Local = nil, nil":                  true,
		"(io.EOF) = nil":                                 true,
		"*time.Local = *time.FixedZone(\"a\", 1)":        true,
		"p := &context.Canceled; *p = nil":               true,
		"for _, io.EOF = range []error{} {\n}":           true,
		"select {\ncase io.EOF = <-make(chan error):\n}": true,
		"unicode.Latin.R16[0].Lo++":                      true,
		"delete(unicode.Scripts, \"Han\")":               true,
		"clear(unicode.Scripts)":                         true,
		"io := T{}; io.EOF = 1":                          false,
		"var mu = &sync.Mutex{}; mu.Lock()":              false,
		"own := map[int]int{}; own[1]++; delete(own, 1)": false,
		"err := io.EOF; err = nil; _ = err":              false,
	} {
		why := refused(t, "import (\n\"context\"\n\"io\"\n\"sync\"\n\"time\"\n\"unicode\"\n)\ntype T struct{ EOF int }\nfunc Add() {\n"+body+"\n}")
		if foreign != strings.Contains(why, "which others rely on") || !foreign && why != "" {
			t.Errorf("%s: the filter says %q", body, why)
		}
	}
}

func TestSentencesNameTheLine(t *testing.T) {
	const want = "In line 5 of answer.go (var x = f()) a variable outside of functions gets its value by calling f"
	if why := refused(t, "\n\nvar x = f()\n\nfunc f() int { return 1 }\n\nfunc Add() int { return x }"); !strings.HasPrefix(why, want) {
		t.Errorf("got %q", why)
	}
}

func TestProgramsThatAreMadeToBeLarge(t *testing.T) {
	if why := refused(t, "var s = `"+strings.Repeat("x", 200<<10)+"`\nfunc Add() string { return s }"); !strings.Contains(why, "more than 128 kB") {
		t.Errorf("got %q", why)
	}
}

// What takes a naive reader exponential time.
func TestTheFilterItselfIsFast(t *testing.T) {
	var constants, types strings.Builder
	constants.WriteString("const c0 = 1\n")
	types.WriteString("type t0 struct{ a int }\n")
	for i := 1; i < 200; i++ {
		fmt.Fprintf(&constants, "const c%d = c%d + c%[2]d\n", i, i-1)
		fmt.Fprintf(&types, "type t%d struct{ a, b t%d; c, d t%[2]d }\n", i, i-1)
	}
	source := constants.String() + types.String() + "var x [c199]int\nvar y t199\nfunc Add() { _, _ = x, y }"
	done := make(chan string, 1)
	go func() { done <- refused(t, source) }()
	select {
	case why := <-done:
		if !strings.Contains(why, "too large") {
			t.Errorf("got %q", why)
		}
	case <-time.After(time.Minute):
		t.Fatal("it takes for ever")
	}
}

// Nothing that an exercise's author takes for an answer may be refused.
func TestTheCoursesOwnProgramsPass(t *testing.T) {
	all, err := exercise.LoadAll("../../..", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range all {
		solution, err := ex.Solution.Source()
		if err != nil {
			t.Fatal(err)
		}
		others, err := ex.Solution.Alternatives()
		if err != nil {
			t.Fatal(err)
		}
		mutants, err := ex.Solution.Mutants()
		if err != nil {
			t.Fatal(err)
		}
		programs := map[string][]byte{"solution": solution}
		for _, other := range others {
			programs[other.Name] = other.Source
		}
		for _, m := range mutants {
			if m.Verdict != "rejected" {
				programs[m.Name] = m.Source
			}
		}
		for name, source := range programs {
			p, err := ex.FromFile("answer.go", source)
			if err != nil {
				t.Errorf("%s/%s: %v", ex.Slug, name, err)
			} else if why := filter.Refuses(ex, p); why != "" {
				t.Errorf("%s/%s: %s", ex.Slug, name, why)
			}
		}
	}
}
