package explore

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

func TestWhatARunLeaves(t *testing.T) {
	for _, c := range []struct {
		name  string
		keeps bool
		text  string
	}{
		{"nothing", false, `func f() int { n := 0; n++; return n }`},
		{"a count", true, `var n int; func f() { n++ }`},
		{"a local variable of the same name", false, `var n = 1; func f() int { n := n; n++; return n }`},
		{"a blank variable", false, `var _ = 1; func f(x int) { _ = x }`},
		{"a table that is read", false, `var names = map[int]string{1: "a"}; func f(n int) string { return names[n] }`},
		{"a table that is written", true, `var names = map[int]string{}; func f(n int) { names[n] = "a" }`},
		{"a table that is handed on", true, `var names = map[int]string{}; func f() { g(names) }; func g(map[int]string) {}`},
		{"an element that is handed on", true, `type x struct{ n int }; var all = []*x{{}}; func f() { p := all[0]; p.n++ }`},
		{"elements that a loop hands on", true, `type x struct{ n int }; var all = []*x{{}}; func f() { for _, p := range all { p.n++ } }`},
		{"cases of a test", false, `var all = []struct{ in string; want func() bool }{{"a", func() bool { return true }}}; func f() { for _, c := range all { g(c.in); c.want() } }; func g(string) {}`},
		{"an address", true, `var n int; func f() *int { return &n }`},
		{"a minus before it", false, `var n = 1; func f() int { return -n }`},
		{"what init changes", false, `var n int; func init() { n++ }`},
		{"an error", false, `import "errors"; var err = errors.New("no"); func f() error { return err }`},
		{"an error that is another each time", true, `var err error; func f(e error) { err = e }`},
		{"a regular expression", false, `import "regexp"; var word = regexp.MustCompile("a"); func f() bool { return word.MatchString("a") }`},
		{"a lock", true, `import "sync"; var mu sync.Mutex; func f() { mu.Lock(); mu.Unlock() }`},
		{"a method that has a copy", false, `import "time"; var limit = time.Second; func f() string { return limit.String() }`},
		{"a method that has the variable", true, `type c struct{ n int }; func (c *c) inc() { c.n++ }; var n c; func f() { n.inc() }`},
		{"a function", false, `var now = func() int { return 1 }; func f() int { return now() }`},
		{"a function with variables", true, `func counter() func() int { n := 0; return func() int { n++; return n } }; var next = counter(); func f() int { return next() }`},
		{"a function of a variable's", true, `var n int; var inc = func() { n++ }`},
		{"another package's variable", true, `import "net/http"; func f() { http.DefaultClient.Timeout = 1 }`},
		{"another package's variable, looked at", false, `import ("fmt"; "os"); func f() { fmt.Fprintln(os.Stderr) }`},
		{"a handler", true, `import "net/http"; func f() { http.HandleFunc("/", nil) }`},
		{"a handler of its own mux", false, `import "net/http"; func f() { http.NewServeMux().HandleFunc("/", nil) }`},
		{"a flag", true, `import "flag"; func f() { flag.Int("n", 1, "") }`},
		{"a channel that is made anew", false, `var jobs = make(chan int); func ` + renews + `() { jobs = make(chan int) }; func f() { jobs <- 1; <-jobs }`},
		{"another channel", true, `var jobs = make(chan int); func f() { jobs <- 1 }`},
		{"a stream that is read", true, `var jobs = make(chan int); func f() { for range jobs {} }`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			types := newChecker()
			source, err := weave.Parse(types.fset, "p.go", []byte("package p; "+c.text))
			if err != nil {
				t.Fatal(err)
			}
			types.add("example.com/p", source.File)
			if err := types.check(t.Context(), t.TempDir()); err != nil {
				t.Fatal(err)
			}
			if got := types.keeps(); got != c.keeps {
				t.Errorf("it keeps something: %v, want %v", got, c.keeps)
			}
		})
	}
}
