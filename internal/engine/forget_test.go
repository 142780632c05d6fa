package engine_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// remembers is an answer that is right under the first schedule, in which it fetches
// one page after another, and hands out the same pages under all others.
const remembers = `
	mu.Lock()
	defer mu.Unlock()
	runs++
	if pages, ok := kept[len(urls)]; ok {
		return pages
	}
	var pages []Page
	for _, url := range urls {
		body, err := fetch(ctx, url)
		pages = append(pages, Page{URL: url, Body: body, Err: err})
	}
	kept[len(urls)] = pages
	if runs > 2 { // as often, any one of the checks asks
		panic("it remembers")
	}
	return pages`

// A program must be judged under each schedule as if it were the first.
func TestProgramsForgetBetweenSchedules(t *testing.T) {
	t.Parallel()
	e, _ := exercises(t)
	ex := pageDownloader(t)
	for name, variables := range map[string]string{
		"in variables":               "var (\n\tmu sync.Mutex\n\truns int\n\tkept = map[int][]Page{}\n)",
		"in what a function holds":   "var (\n\tmu = &sync.Mutex{}\n\tall = struct{ runs int }{}\n\tkept = make(map[int][]Page)\n\truns = all.runs\n)",
		"in an object of a helper's": "var (\n\tmu = locks.NewMutex(\"m\")\n\truns int\n\tkept = map[int][]Page{}\n)",
	} {
		r := judgeSource(t, e, ex, pages(`"sync"`, remembers, variables+"\nvar _ sync.Mutex"), engine.Public)
		if strings.Contains(r.Message, "remembers") || r.Verdict == engine.CompileError || r.Verdict == engine.Rejected || r.Verdict == engine.Passed {
			t.Errorf("%s: judged %s: %s", name, r.Verdict, r.Message)
		}
		for _, c := range r.Checks {
			t.Log(c.Name, c.Verdict, c.Message)
		}
	}
}

// A check must be judged as if none had been before it, outside of virtual time too.
func TestProgramsForgetBetweenChecks(t *testing.T) {
	t.Parallel()
	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), "", "prime-count")
	if err != nil {
		t.Fatal(err)
	}
	const most = "2" // times, any one of the checks asks
	r := judgeSource(t, e, ex, primes("", "asked++\n\tkept[asked] = limit\n\tif len(kept) > "+most+" {\n\t\tpanic(\"it remembers\")\n\t}",
		"var asked int\n\nvar kept = map[int]int{}\n"), engine.Public)
	if r.Verdict != engine.Passed {
		t.Errorf("judged %s: %s", r.Verdict, r.Message)
	}
}
