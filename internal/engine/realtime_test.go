package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Outside of virtual time a timer that is still to fire looks, in the stacks of
// goroutines, like one goroutine that waits for another.
func TestWaitsOutsideOfVirtualTime(t *testing.T) {
	for name, c := range map[string]struct {
		source []byte
		want   engine.Verdict
		says   string
	}{
		"a sleep": {
			primes("", "if limit == 2000 {\n\ttime.Sleep(time.Second)\n}", ""), engine.Passed, ""},
		"a timer in a select": {
			primes("", "if limit == 2000 {\n\tselect {\n\tcase <-time.After(time.Second):\n\tcase <-ctx.Done():\n\t}\n}", ""), engine.Passed, ""},
		"a goroutine that a timer is about to wake": {
			primes("", "if limit == 2000 {\n\tgo func() { <-time.After(400 * time.Millisecond) }()\n}", ""), engine.Passed, ""},
		"a channel that nobody closes": {
			primes("", "if limit == 2000 {\n\tselect {\n\tcase <-make(chan int):\n\tcase <-ctx.Done():\n\t}\n}", ""), engine.Deadlock, "in a select"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := exercises(t)
			ex, err := exercise.Load(root(t), "", "prime-count")
			if err != nil {
				t.Fatal(err)
			}
			r := judgeSource(t, e, ex, c.source, engine.Public)
			if r.Verdict != c.want || !strings.Contains(r.Message, c.says) {
				t.Errorf("judged %s: %q; want %s and %q in it", r.Verdict, r.Message, c.want, c.says)
			}
		})
	}
}

// A check of real processes that has a race of its own is no fault of the program's, and
// what else the program was judged by stays as it is.
func TestARaceOfARealTimeCheckIsTheGraders(t *testing.T) {
	t.Parallel()
	solutions := t.TempDir()
	if err := os.CopyFS(filepath.Join(solutions, "prime-count"), os.DirFS(filepath.Join(root(t), "solutions", "prime-count"))); err != nil {
		t.Fatal(err)
	}
	const racy = `package hidden

import "testing"

// TestRacy: it races with itself.
//
//interleave:points 1
func TestRacy(t *testing.T) {
	n, done := 0, make(chan bool)
	go func() { n++; close(done) }()
	n++
	<-done
}
`
	if err := os.WriteFile(filepath.Join(solutions, "prime-count", "hidden", "racy.go"), []byte(racy), 0o600); err != nil {
		t.Fatal(err)
	}
	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), solutions, "prime-count")
	if err != nil {
		t.Fatal(err)
	}
	r := judgeSource(t, e, ex, primes("", "", ""), engine.All)
	if r.Verdict != engine.GraderFault || !strings.Contains(r.Message, "The checks themselves have a data race") {
		t.Errorf("judged %s: %s", r.Verdict, r.Message)
	}
	for _, c := range r.Checks {
		if (c.Verdict == engine.GraderFault) != (c.Name == "TestRacy") || c.Name != "TestRacy" && c.Verdict != engine.Passed {
			t.Errorf("%s is judged %s: %s", c.Name, c.Verdict, c.Message)
		}
	}
}
