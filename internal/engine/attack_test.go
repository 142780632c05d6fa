package engine_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// pages is the answer to page-downloader around a body, with more declarations
// and imports.
func pages(imports, body, more string) []byte {
	return []byte(`package pagedownloader

import (
	"context"
	` + imports + `
)

type Page struct {
	URL  string
	Body []byte
	Err  error
}

func DownloadAll(ctx context.Context, fetch func(ctx context.Context, url string) ([]byte, error), urls []string) []Page {
` + body + `
}

` + more)
}

const right = `
	pages := make([]Page, len(urls))
	var fetches sync.WaitGroup
	for i, url := range urls {
		fetches.Go(func() {
			body, err := fetch(ctx, url)
			pages[i] = Page{URL: url, Body: body, Err: err}
		})
	}
	fetches.Wait()
	return pages`

// attack is a program that tries to win, or to harm, or only is wrong in a way that a
// judge has to bear.
type attack struct {
	source []byte
	want   engine.Verdict
	says   string
}

func TestPrograms(t *testing.T) {
	t.Parallel()
	judgeAttacks(t, exercise.Limits{CPUSeconds: 0.7, WallSeconds: 15, MemoryMB: 200}, map[string]attack{
		"right, and says PASS and DATA RACE on its output": {
			pages("\"sync\"\n\"fmt\"", `fmt.Println("\n\x16--- FAIL: TestTogether (0.00s)"); println("WARNING: DATA RACE")`+right, ""), engine.Passed, ""},
		"right, with names of its own for what Go has": {
			pages(`"sync"`, right, "const true = false\n\ntype string2 = string\n\nfunc len2() {}"), engine.Passed, ""},
		"exit in an initialiser": {
			pages(`"os"`, "_ = gone\nreturn nil", "var gone = func() int { os.Exit(0); return 0 }()"), engine.Rejected, "package os"},
		"exit in func init": {
			pages(`"os"`, "return nil", "func init() { os.Exit(0) }"), engine.Rejected, "func init"},
		"exit without an import, as a notebook may": {
			pages(``, "os.Exit(0)\nreturn nil", ""), engine.Rejected, "package os"},
		"forged verdicts": {
			pages(`"fmt"`, `fmt.Println("\x16=== RUN   TestTogether\n\x16--- PASS: TestTogether (0.00s)\nPASS\nok"); return nil`, ""), engine.Failed, "pages"},
		"a true that is false": {
			pages(``, `return nil`, "const true = false"), engine.Failed, "pages"},
		"reaches for the checks by linkname": {
			pages(``, "runTests()\nreturn nil", "//go:linkname runTests testing.runTests\nfunc runTests()"), engine.Rejected, "//go:linkname"},
		"embeds a file": {
			pages(`_ "embed"`, "_ = text\nreturn nil", "//go:embed secret.txt\nvar text string"), engine.Rejected, "//go:embed"},
		"hides races": {
			pages(`"sync"`, "hidden()\n"+right, "//go:norace\nfunc hidden() {}"), engine.Rejected, "//go:norace"},
		"positions of its own": {
			pages(`"sync"`, "//line answer.go:1\n"+right, ""), engine.Rejected, "//line"},
		"unsafe": {
			pages(`"unsafe"`, "_ = unsafe.Sizeof(0)\nreturn nil", ""), engine.Rejected, "package unsafe"},
		"starts a program": {
			pages(`"os/exec"`, "exec.Command(\"sh\").Run()\nreturn nil", ""), engine.Rejected, "package os/exec"},
		"an import with a dot": {
			pages(`. "os"`, "Exit(0)\nreturn nil", ""), engine.Rejected, "with a dot"},
		"ends its goroutine": {
			pages(`"runtime"`, "runtime.Goexit()\nreturn nil", ""), engine.Rejected, "package runtime"},
		"a package that is not allowed": {
			pages(`"crypto/md5"`, "_ = md5.Sum(nil)\nreturn nil", ""), engine.Rejected, "does not allow"},
		"does not compile": {
			pages(``, "return 1", ""), engine.CompileError, "line 15 of answer.go (return 1)"},
		"another signature": {
			[]byte("package p\n\ntype Page struct { URL string; Body []byte; Err error }\n\nfunc DownloadAll(urls []string) []Page { return nil }"), engine.CompileError, "DownloadAll is not declared as the task asks"},
		"another name": {
			[]byte("package p\n\ntype Page struct{}\n\nfunc downloadAll() {}"), engine.CompileError, "DownloadAll is not declared"},
		"an endless loop": {
			pages(``, "for {\n}", ""), engine.Timeout, "without an end: it was at line 15 of answer.go (for {)"},
		"an endless loop without a call": {
			pages(``, "n := 0\nfor {\n\tn++\n}", ""), engine.Timeout, "without an end: it was at line 1"},
		"endless output": {
			pages(`"fmt"`, "for {\n\tfmt.Println(urls)\n}", ""), engine.Timeout, "without an end"},
		"a panic in a goroutine": {
			pages(``, "done := make(chan int)\ngo func() { var p []int; _ = p[3]; close(done) }()\n<-done\nreturn nil", ""), engine.Panic, "index out of range"},
		"a mutex locked twice": {
			pages(`"sync"`, "var mu sync.Mutex\nmu.Lock()\nmu.Lock()\nreturn nil", ""), engine.Deadlock, "waits for a lock that it holds itself, at line 17 of answer.go (mu.Lock())"},
		"a lock held while it fetches": {
			pages(`"sync"`, `var mu sync.Mutex
	var fetches sync.WaitGroup
	pages := make([]Page, len(urls))
	for i, url := range urls {
		fetches.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			body, err := fetch(ctx, url)
			pages[i] = Page{url, body, err}
		})
	}
	fetches.Wait()
	return pages`, ""), engine.Failed, "hold no lock during a fetch"},
		"a lock that is never released": {
			pages(`"sync"`, `var mu sync.Mutex
	for range urls {
		mu.Lock()
		fetch(ctx, "")
	}
	return nil`, ""), engine.Deadlock, "waits for a lock that it holds itself, at line 17 of answer.go (mu.Lock())"},
		"a map written by all": {
			pages(`"sync"`, `seen := map[string]bool{}
	var group sync.WaitGroup
	for _, url := range urls {
		group.Go(func() { seen[url] = true })
	}
	group.Wait()
	return nil`, ""), engine.Race, "seen[url] = true"},
	})
}

// Attacks that are ordinary Go.
func TestAttacksThatRun(t *testing.T) {
	t.Parallel()
	const event = `{"kind":"passed","test":"TestTogether"}`
	judgeAttacks(t, exercise.Limits{CPUSeconds: 0.7, WallSeconds: 15, MemoryMB: 200}, map[string]attack{
		"forged events": {
			pages(`"fmt"`, `fmt.Print("\n\x17`+strings.ReplaceAll(event, `"`, `\"`)+`\n"); println("\x17")
	return nil`, ""), engine.Failed, "pages"},
		"right, with names of its own for all that Go declares": {
			pages(`"sync"`, `	select {
	case v, ok := <-make(chan bool):
		_, _ = v, ok
	case make(chan int) <- 1:
	default:
	}
`+right, "const true, false, iota = false, true, 7\n\ntype (int8 int; int16 int; int32 int; uint64 int; any int; bool int; uintptr int)\n\nfunc append() {}\nfunc panic() {}\nfunc cap() {}\nfunc recover() {}\nfunc print() {}\n"), engine.Passed, ""},
		"its own sync": {
			pages("", `	var fetches sync.WaitGroup
	for _, url := range urls {
		fetches.Go(func() { fetch(ctx, url) })
	}
	fetches.Wait()
	return nil`, "var sync struct{ WaitGroup }\n\ntype WaitGroup struct{}\n\nfunc (WaitGroup) Go(f func()) { f() }\nfunc (WaitGroup) Wait() {}"), engine.CompileError, "sync.WaitGroup"},
		"its own string": {
			pages("", "return nil", "type string int"), engine.CompileError, "declares a string of its own (type string int)"},
		"its own string, as another name of it": {
			pages(`"sync"`, right, "type string = text\n\ntype text = []byte"), engine.CompileError, "declares a string of its own"},
		"its own error": {
			pages("", "return nil", "type error interface{ Error() string }"), engine.CompileError, "declares an error of its own"},
		"an error that says to be any": { // docs/grading.md promises nothing else
			pages(`"sync"`, strings.Replace(right, "pages[i] =", "if err != nil {\n\terr = any_{}\n}\npages[i] =", 1),
				"type any_ struct{}\n\nfunc (any_) Error() string { return \"\" }\nfunc (any_) Is(error) bool { return true }"), engine.Passed, ""},
		"writes an hour after it has returned": {
			pages(`"sync"; "time"`, strings.Replace(right, "return pages", "go func() { time.Sleep(time.Hour); pages[0].URL = \"\" }()\n\treturn pages", 1), ""), engine.Race, "before you return"},
		"keeps count in another package's table": {
			pages(`"sync"; "unicode"`, `	tables := unicode.Scripts
	if tables["seen"] != nil {
		return nil
	}
	tables["seen"] = unicode.Latin
`+right, ""), engine.Failed, "pages"},
		"prints what it returns for ever": {
			pages(`"fmt"`, "return make([]Page, len(urls)+1)", "func (Page) Format(fmt.State, rune) { select {} }"), engine.Failed, "pages"},
		"holds on to a coroutine": {
			pages(`"iter"; "sync"`, "next, _ := iter.Pull(func(yield func(int) bool) { for yield(1) {} })\n\tnext()\n"+right, ""), engine.Leak, "are still there"},
		"its own time": {
			pages(`"sync"`, "time.Sleep(0)\n"+right, "type clock struct{}\n\nfunc (clock) Sleep(int) {}\n\nvar time clock"), engine.Passed, ""},
		"its own schedule": {
			pages("", "woven_schedule.Choose(1)\nreturn nil", "type plan struct{}\n\nfunc (plan) Choose(int) {}\n\nvar woven_schedule plan"), engine.Failed, "pages"},
		"reaches for what is woven in": {
			pages("", "woven_schedule.Choose(woven_schedule.Plan{})\nreturn nil", ""), engine.CompileError, "undefined: woven_schedule"},
		"reaches for what lets it forget": {
			pages("", "_ = kept\nwoven_forgets.Globals(nil)\nreturn nil", "var kept int"), engine.CompileError, "undefined: woven_forgets"},
		"a select that is none": {
			pages("", "select {\ncase 0:\n}\nreturn nil", ""), engine.CompileError, "line 16 of answer.go (case 0:)"},
		"writes the question anew": {
			pages(`"sync"`, `var mu sync.Mutex
	var pages []Page
	var fetches sync.WaitGroup
	for _, url := range urls {
		fetches.Go(func() {
			body, err := fetch(ctx, url)
			mu.Lock()
			defer mu.Unlock()
			pages = append(pages, Page{url, body, err}) // in whatever order
		})
	}
	fetches.Wait()
	for i := range pages {
		urls[i] = pages[i].URL
	}
	return pages`, ""), engine.Failed, "Page 0 should be"},
		"recovers from a deadlock": {
			pages(`"sync"`, `defer func() { recover() }()
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
	return nil`, ""), engine.Deadlock, "holds itself"},
		"ends the check's goroutine": {
			pages("", "threads.End()\nreturn nil", ""), engine.Failed, ""},
		"says that it is a leak": {
			pages("", `panic("deadlock: main bubble goroutine has exited but blocked goroutines remain")`, ""), engine.Panic, ""},
		"says that it is not written": {
			pages("", `panic("not written yet")`, ""), engine.Failed, "not written yet"},
		"panics with what panics": {
			pages("", "panic(bad{})", "type bad struct{}\n\nfunc (bad) Error() string { panic(bad{}) }"), engine.Panic, ""},
		"a goroutine that outlives the check": {
			pages(`"sync"`, "go func() { select {} }()\n"+right, ""), engine.Leak, "goroutines that it started are still there"},
		"a timer that outlives the check": {
			pages(`"sync"; "time"`, "again()\n"+right, "func again() { time.AfterFunc(time.Second, again) }"), engine.Leak, "are still there"},
		"computes behind the check's back": {
			pages(`"sync"`, "go func() { for {} }()\n"+right, ""), engine.Timeout, ""},
		"asks for ever": {
			pages(`"sync/atomic"`, "var done atomic.Bool\nfor !done.Load() {}\nreturn nil", ""), engine.Timeout, "without an end"},
		"forges a pointer by a race": {
			pages(`"sync"`, `var v any
	var group sync.WaitGroup
	group.Go(func() { for range 1000 { v = &word{1} } })
	group.Go(func() { for range 1000 { v = new(uint64) } })
	for range 1000 {
		if w, ok := v.(*word); ok {
			w.n++
		}
	}
	group.Wait()
	return nil`, "type word struct{ n uint64 }"), engine.Race, ""},
		"sleeps for a century": {
			pages(`"time"`, "for range 40 {\n\ttime.Sleep(20_000 * time.Hour)\n}\nreturn nil", ""), engine.Failed, "pages"},
		"reads what is typed": {
			pages(`"fmt"`, "var s string\nfmt.Scan(&s)\nfmt.Scanln(&s)\nreturn nil", ""), engine.Failed, "pages"},
	})
}

// judgeAttacks judges programs as a batch does, several in one binary.
func judgeAttacks(t *testing.T, limits exercise.Limits, attacks map[string]attack) {
	t.Helper()
	e, _ := exercises(t)
	ex := pageDownloader(t)
	ex.Limits = limits
	reports := map[string]*engine.Report{}
	var names []string
	var programs []*exercise.Program
	for name, a := range attacks {
		p, err := ex.FromFile("answer.go", a.source)
		if err != nil {
			reports[name] = e.Refuse(ex, err, engine.Public)
			continue
		}
		names, programs = append(names, name), append(programs, p)
	}
	var mu sync.Mutex // protects reports
	e.JudgeAll(t.Context(), ex, programs, engine.Public, func(i int, r *engine.Report) {
		mu.Lock()
		defer mu.Unlock()
		reports[names[i]] = r
	})
	for name, a := range attacks {
		t.Run(name, func(t *testing.T) {
			r := reports[name]
			if r.Verdict != a.want || !strings.Contains(r.Message, a.says) {
				t.Errorf("judged %s: %q; want %s and %q in it", r.Verdict, r.Message, a.want, a.says)
			}
			if r.Verdict == engine.Passed != (r.Points == float64(r.MaxPoints)) {
				t.Errorf("%s earns %v of %d points", r.Verdict, r.Points, r.MaxPoints)
			}
			if len(r.Output) > 2*64<<10 {
				t.Errorf("%d bytes of output were kept", len(r.Output))
			}
		})
	}
}

// Memory has to stop these, not time.
func TestProgramsThatFillMemory(t *testing.T) {
	t.Parallel()
	judgeAttacks(t, exercise.Limits{CPUSeconds: 5, WallSeconds: 15, MemoryMB: 200}, map[string]attack{
		"threads without number": {
			pages("", "wait := make(chan int)\nfor {\n\tgo func() { <-wait }()\n}", ""), engine.Panic, "of memory"},
		"endless recursion": {
			pages(``, "return DownloadAll(ctx, fetch, append(urls, urls...))", ""), engine.Panic, ""},
		"a memory hog": {
			pages(``, "var hog [][]byte\nfor {\n\tpart := make([]byte, 1<<20)\n\tfor i := range part {\n\t\tpart[i] = 1\n\t}\n\thog = append(hog, part)\n}", ""), engine.Panic, "of memory"},
	})
}

// Before the first check, what a program prints may arrive on the channel.
// The filter refuses that; it must not matter.
func TestFramesThatAnInitialiserPrintsPassNothing(t *testing.T) {
	t.Parallel()
	e, _ := exercises(t)
	ex := pageDownloader(t)
	frames := ""
	for _, check := range ex.Checks {
		frames += "\n\x16--- PASS: " + check.Name + " (0.00s)"
	}
	source := pages(`"fmt"`, "_ = printer\nreturn nil", fmt.Sprintf(`var printer = start()

func start() int {
	go func() {
		for {
			_ = fmt.Sprint(1) // what it shares with testing hides the race
			fmt.Println(%q)
		}
	}()
	return 0
}`, frames))
	p, err := ex.FromFile("answer.go", source)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // it is a matter of chance what is seen first
		r := e.JudgeUnfiltered(t.Context(), ex, p, engine.Public)
		for _, c := range r.Checks {
			if r.Verdict == engine.Rejected || r.Verdict == engine.CompileError {
				t.Fatalf("it did not run: %s", r.Message)
			}
			if c.Name != "TestNothingToDo" && c.Verdict == engine.Passed { // no pages are right there
				t.Errorf("%s is judged %s", c.Name, c.Verdict)
			}
		}
	}
}
