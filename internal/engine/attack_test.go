package engine_test

import (
	"fmt"
	"slices"
	"strings"
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

func TestPrograms(t *testing.T) {
	for name, c := range map[string]struct {
		source []byte
		want   engine.Verdict
		says   string
	}{
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
			pages(``, "for {\n}", ""), engine.Timeout, "without an end: it was at line 1"},
		"an endless loop without a call": {
			pages(``, "n := 0\nfor {\n\tn++\n}", ""), engine.Timeout, "without an end: it was "},
		"endless output": {
			pages(`"fmt"`, "for {\n\tfmt.Println(urls)\n}", ""), engine.Timeout, "without an end"},
		"endless recursion": {
			pages(``, "return DownloadAll(ctx, fetch, append(urls, urls...))", ""), engine.Panic, ""},
		"a memory hog": {
			pages(``, "var hog [][]byte\nfor {\n\tpart := make([]byte, 1<<20)\n\tfor i := range part {\n\t\tpart[i] = 1\n\t}\n\thog = append(hog, part)\n}", ""), engine.Panic, "of memory"},
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
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := exercises(t)
			ex, err := exercise.Load(root(t), "", "page-downloader")
			if err != nil {
				t.Fatal(err)
			}
			ex.Limits = exercise.Limits{CPUSeconds: 0.7, WallSeconds: 15, MemoryMB: 200}
			if name == "a memory hog" || name == "endless recursion" {
				ex.Limits.CPUSeconds = 5 // memory must stop it, not time
			}
			r := judgeSource(t, e, ex, c.source, engine.Public)
			if r.Verdict != c.want || !strings.Contains(r.Message, c.says) {
				t.Errorf("judged %s: %q; want %s and %q in it", r.Verdict, r.Message, c.want, c.says)
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

// Before the first check, what a program prints may arrive on the channel.
func TestFramesThatAnInitialiserPrintsPassNothing(t *testing.T) {
	t.Parallel()
	e, all := exercises(t)
	i := slices.IndexFunc(all, func(ex *exercise.Exercise) bool { return ex.Slug == "page-downloader" })
	frames := ""
	for _, check := range all[i].Checks {
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
	for range 10 { // it is a matter of chance what is seen first
		r := judgeSource(t, e, all[i], source, engine.Public)
		for _, c := range r.Checks {
			if c.Name != "TestNothingToDo" && c.Verdict == engine.Passed { // no pages are right there
				t.Errorf("%s is judged %s", c.Name, c.Verdict)
			}
		}
	}
}
