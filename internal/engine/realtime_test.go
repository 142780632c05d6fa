package engine_test

import (
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
