//go:build ignore

// Waits for each process before it starts the next.
// Verdict: failed
// Check: TestProcessesOfTheirOwn
// Says: one after another

package primecount

import (
	"context"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// Span is the numbers n with From <= n < To.
type Span struct{ From, To int }

// Primes returns the primes of span in ascending order.
func Primes(span Span) ([]int, error) {
	var primes []int
	for n := max(2, span.From); n < span.To; n++ {
		if isPrime(n) {
			primes = append(primes, n)
		}
	}
	return primes, nil
}

// FindPrimes returns the primes below limit in ascending order. It has each of
// parts spans searched in a child process of its own, all at the same time.
func FindPrimes(
	ctx context.Context,
	search *processes.Func[Span, []int],
	limit, parts int,
) ([]int, error) {
	var primes []int
	for i := range parts {
		found, err := search.Start(ctx, Span{limit * i / parts, limit * (i + 1) / parts}).Wait()
		if err != nil {
			return nil, err
		}
		primes = append(primes, found...)
	}
	return primes, nil
}

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}
