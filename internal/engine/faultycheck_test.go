package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// hiddenCheck is page-downloader with one more hidden check, TestMore, around a body.
func hiddenCheck(t *testing.T, imports, body string) *exercise.Exercise {
	t.Helper()
	solutions := t.TempDir()
	if err := os.CopyFS(filepath.Join(solutions, "page-downloader"), os.DirFS(filepath.Join(root(t), "solutions", "page-downloader"))); err != nil {
		t.Fatal(err)
	}
	source := `package hidden

import (
	"testing"
	` + imports + `
)

// TestMore: there is more.
//
//interleave:points 1
func TestMore(t *testing.T) {
	var none []int
	_ = none
` + body + `
}
`
	if err := os.WriteFile(filepath.Join(solutions, "page-downloader", "hidden", "more.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	ex, err := exercise.Load(root(t), solutions, "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	return ex
}

const (
	answered  = `exercise "github.com/interleave-lab/interleave/exercises/page-downloader"`
	call      = "pages := exercise.DownloadAll(t.Context(), nil, nil)\n_ = pages\n"
	synced    = `"testing/synctest"`
	scheduled = `"github.com/interleave-lab/interleave/internal/engine/schedule"`
)

// A check that goes wrong before it has called the answer is the grader's fault, also
// after checks in which the answer had its chance; one that goes wrong over what the
// answer returned is not.
func TestAFaultyCheckIsTheGradersUntilItHasCalledTheAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		imports, body string
		want          engine.Verdict
		says          string
	}{
		"a panic": {"", "_ = none[3]",
			engine.GraderFault, "The check TestMore panicked before it had called the program: runtime error: index out of range [3] with length 0. That is no fault of the program."},
		"a panic in virtual time": {synced, "synctest.Test(t, func(t *testing.T) { _ = none[3] })",
			engine.GraderFault, "The check TestMore panicked before it had called the program"},
		"a panic under schedules": {scheduled, "schedule.Test(t, func(t *testing.T) { _ = none[3] })",
			engine.GraderFault, "The check TestMore panicked before it had called the program"},
		"a panic in a goroutine of its own": {"", "go func() { _ = none[3] }()\nselect {}",
			engine.GraderFault, "The check TestMore panicked before it had called the program"},
		"a wait without an end": {scheduled, "schedule.Test(t, func(t *testing.T) { <-make(chan int) })",
			engine.GraderFault, "The check TestMore waits for ever to receive from a channel before it has called the program."},
		"a loop without an end": {"", "for {\n}",
			engine.GraderFault, "The check TestMore did not end, and has not called the program."},
		"a panic over what was returned": {answered, call + "_ = pages[3]",
			engine.Panic, "The check TestMore panicked while it looked at what your program had returned or done: runtime error: index out of range [3] with length 0. Return as many values as the task asks for."},
		"the same in virtual time": {answered + "\n" + synced, "synctest.Test(t, func(t *testing.T) {\n" + call + "_ = pages[3] })",
			engine.Panic, "The check TestMore panicked while it looked"},
		"a wait for what comes after the call": {answered + "\n" + scheduled, "schedule.Test(t, func(t *testing.T) {\n" + call + "<-make(chan int) })",
			engine.Deadlock, "The check TestMore waits for ever to receive from a channel, and nothing of your program is left"},
		"a goroutine of the check's that waits": {answered + "\n" + scheduled, "schedule.Test(t, func(t *testing.T) {\n" + call + "go func() { <-make(chan int) }() })",
			engine.Leak, "a goroutine of the check TestMore still waits to receive from a channel"},
		"a loop over what was returned": {answered, call + "for {\n}",
			engine.Timeout, "The check TestMore did not end: it was at work on what your program had returned or done"},
		"a panic in what the answer calls": {`"context"` + "\n" + answered, `exercise.DownloadAll(t.Context(), func(context.Context, string) ([]byte, error) { _ = none[3]; return nil, nil }, []string{""})`,
			engine.Panic, "A function of the check TestMore panicked: runtime error: index out of range [3] with length 0. It was called at line"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := exercises(t)
			ex := hiddenCheck(t, c.imports, c.body)
			r := judgeSource(t, e, ex, pages(`"sync"`, right, ""), engine.All)
			if r.Verdict != c.want || !strings.Contains(r.Message, c.says) {
				t.Errorf("judged %s: %s\nwant %s and %q in it", r.Verdict, r.Message, c.want, c.says)
			}
			for _, check := range r.Checks {
				if check.Name != "TestMore" && check.Verdict != engine.Passed {
					t.Errorf("%s is judged %s: %s", check.Name, check.Verdict, check.Message)
				}
			}
		})
	}
}

// What an answer does in one check must not make a later one the grader's fault, where
// only the answer is to blame.
func TestNoAnswerMakesACheckTheGradersFault(t *testing.T) {
	t.Parallel()
	const shared = `
	switch first := exercise.DownloadAll(t.Context(), nil, nil); {
	case len(first) == 0:
		_ = none[3]
	}`
	for name, answer := range map[string][]byte{
		"returns too little":        pages("", "return nil", ""),
		"says that it is the check": pages("", `panic("The check TestMore panicked before it had called the program")`, ""),
		"panics in a type of its own": pages("", "return make(pageList, 0)",
			"type pageList = []Page\n\nfunc (p Page) String() string { panic(p) }"),
		"leaves a goroutine that panics": pages(`"time"`, "time.AfterFunc(time.Millisecond, func() { var p []int; _ = p[3] })\nreturn nil", ""),
		"leaves one that comes late":     pages(`"time"`, "go func() { time.Sleep(time.Hour); panic(1) }()\nreturn nil", ""),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := exercises(t)
			r := judgeSource(t, e, hiddenCheck(t, answered, shared), answer, engine.All)
			if r.Verdict == engine.GraderFault || r.Verdict == engine.Passed || r.Points > 4 { // no pages are right where there are no URLs
				t.Errorf("judged %s, %v points: %s", r.Verdict, r.Points, r.Message)
			}
			for _, check := range r.Checks {
				if check.Verdict == engine.GraderFault || check.Verdict == engine.NotRun {
					t.Errorf("%s is judged %s: %s", check.Name, check.Verdict, check.Message)
				}
			}
		})
	}
}
