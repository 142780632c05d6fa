package engine_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// primes is the answer to prime-count with lines in front of the bodies of its
// two functions.
func primes(inPrimes, inFindPrimes, more string) []byte {
	return []byte(`package primecount

import (
	"context"
	"errors"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var _ = time.Second

type Span struct{ From, To int }

func Primes(span Span) (primes []int, _ error) {
` + inPrimes + `
	for n := max(2, span.From); n < span.To; n++ {
		prime := true
		for d := 2; d*d <= n; d++ {
			prime = prime && n%d != 0
		}
		if prime {
			primes = append(primes, n)
		}
	}
	return primes, nil
}

func FindPrimes(ctx context.Context, search *processes.Func[Span, []int], limit, parts int) (primes []int, err error) {
` + inFindPrimes + `
	var calls []*processes.Call[[]int]
	for i := range parts {
		calls = append(calls, search.Start(ctx, Span{limit * i / parts, limit * (i + 1) / parts}))
	}
	for _, call := range calls {
		found, failed := call.Wait()
		primes, err = append(primes, found...), errors.Join(err, failed)
	}
	return primes, err
}

` + more)
}

// Real processes take real time, so these checks do not run in virtual time.
func TestLeaksOutsideOfVirtualTime(t *testing.T) {
	const napper = `var nap = processes.NewFunc("nap", func(int) (int, error) { time.Sleep(200 * time.Millisecond); return 0, nil })`
	for name, c := range map[string]struct {
		source []byte
		failed map[string]engine.Verdict // the checks that do not pass
	}{
		"a goroutine that nobody can wake": {
			primes("", "if limit == 2000 {\n\tgo func() { <-make(chan int) }()\n}", ""),
			map[string]engine.Verdict{"TestPrimesBelow": engine.Leak}},
		"a goroutine that a child process is about to wake": {
			primes("", "go nap.Start(ctx, 0).Wait()", napper), nil},
		"a goroutine that a failed check left": {
			primes("if span.To == 29 {\n\tgo func() { <-make(chan int) }()\n\treturn nil, nil\n}", "", ""),
			map[string]engine.Verdict{"TestPrimesOfASpan": engine.Failed}},
		"a goroutine that a check left which broke off": {
			primes("", "if limit == 2000 {\n\tgo func() { <-make(chan int) }()\n\treturn nil, errors.New(\"no\")\n}", ""),
			map[string]engine.Verdict{"TestPrimesBelow": engine.Failed}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _ := exercises(t)
			ex, err := exercise.Load(root(t), "", "prime-count")
			if err != nil {
				t.Fatal(err)
			}
			r := judgeSource(t, e, ex, c.source, engine.Public)
			if len(r.Checks) == 0 {
				t.Fatal(r.Message)
			}
			for _, check := range r.Checks {
				want := engine.Passed
				if v, ok := c.failed[check.Name]; ok {
					want = v
				}
				if check.Verdict != want {
					t.Errorf("%s is judged %s, want %s: %s", check.Name, check.Verdict, want, check.Message)
				}
				if check.Verdict == engine.Leak && !strings.Contains(check.Message, "to receive from a channel") {
					t.Errorf("the leak is told as %q", check.Message)
				}
			}
		})
	}
}
