package report_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/report"
)

// download is a program for page-downloader whose fetches do what body says.
func download(body string) string {
	return `package pagedownloader

import (
	"context"
	"sync"
)

type Page struct {
	URL  string
	Body []byte
	Err  error
}

func DownloadAll(ctx context.Context, fetch func(context.Context, string) ([]byte, error), urls []string) []Page {
	pages := make([]Page, len(urls))
	var all, some sync.Mutex
	var fetches sync.WaitGroup
	next := 0
	done := make(chan int)
	_, _, _, _ = &all, &some, next, done
	for i, url := range urls {
		fetches.Go(func() {
			body, err := fetch(ctx, url)
			_ = i
` + body + `
		})
	}
	fetches.Wait()
	return pages
}
`
}

var goroutine = regexp.MustCompile(`\bG\d+\b`)

func TestLearnersSeeWhereItGoesWrong(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(root)
	if err != nil {
		t.Fatal(err)
	}
	ex, err := exercise.Load(root, "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		body    string
		verdict engine.Verdict
		steps   []string // each in some line
		finding string
	}{
		"a race": {`
			next++
			pages[i] = Page{url, body, err}`,
			engine.Race, []string{"next++   ✗ reads", "next++   ✗ writes"}, "nothing says which comes first"},
		"locks in two orders": {`
			if first, second := &all, &some; i%2 == 0 {
				first.Lock()
				second.Lock()
				second.Unlock()
				first.Unlock()
			} else {
				second.Lock()
				first.Lock()
				first.Unlock()
				second.Unlock()
			}
			pages[i] = Page{url, body, err}`,
			engine.Deadlock, []string{"second.Lock()   ✗ waits for ever for a lock", "first.Lock()   ✗ waits for ever for a lock"}, "nothing can go on"},
		"a goroutine that stays": {`
			pages[i] = Page{url, body, err}
			go func() { done <- i }()`,
			engine.Leak, []string{"✗ waits for ever to send on a channel"}, "The function has returned, and"},
		"a look and a store": {`
			all.Lock()
			n := next
			all.Unlock()
			all.Lock()
			next = n + 1
			pages[n] = Page{urls[n], body, err}
			all.Unlock()`,
			engine.Failed, []string{"all.Lock()", "✗"}, "the check finds what is wrong"},
	} {
		t.Run(name, func(t *testing.T) {
			program, err := ex.FromFile("answer.go", []byte(download(c.body)))
			if err != nil {
				t.Fatal(err)
			}
			r := e.Judge(t.Context(), ex, program, engine.Public)
			l := report.ForLearner(r, "answer.go", func(uint64) string { return "do it again" })
			if l.Replay == nil || l.Replay.Verdict != c.verdict {
				t.Fatalf("no replay that ends with %s; %s: %s", c.verdict, r.Verdict, r.Message)
			}
			all := strings.Join(l.Steps, "\n")
			for _, want := range c.steps {
				if !strings.Contains(all, want) {
					t.Errorf("no step holds %q:\n%s", want, all)
				}
			}
			// Who waits for whose lock is called there as in the steps.
			told := goroutine.FindAllString(r.Message, -1)
			if circle := strings.Contains(r.Message, "Each of these waits"); circle != (len(told) > 1) {
				t.Errorf("it names %q: %s", told, r.Message)
			}
			for _, name := range told {
				if !strings.Contains(all, name+" ") {
					t.Errorf("%s has no step, and is in: %s", name, r.Message)
				}
			}
			if text, _ := l.Chart["text/plain"].(string); !strings.Contains(text, c.finding) {
				t.Errorf("the picture says %q, without %q", text, c.finding)
			}
			var b strings.Builder
			if err := l.Text(&b); err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"Step by step", "do it again", "judged: answer.go", "sandbox: " + r.Sandbox + "\n"} {
				if !strings.Contains(b.String(), want) {
					t.Errorf("no %q in\n%s", want, b.String())
				}
			}
			// Under its seed alone it goes the same way.
			again := report.ForLearner(e.JudgeUnder(t.Context(), ex, program, engine.Public, l.Replay.Seed), "", func(uint64) string { return "" })
			if got := strings.Join(again.Steps, "\n"); got != all {
				t.Errorf("again:\n%s\nat first:\n%s", got, all)
			}
		})
	}
}
