//go:build ignore

// Searches in goroutines of its own process.
// Verdict: failed
// Check: TestProcessesOfTheirOwn
// Says: No child process

package primecount

import (
	"context"
	"errors"
	"slices"
	"sync"

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
	found := make([][]int, parts)
	errs := make([]error, parts)
	var searches sync.WaitGroup
	for i := range parts {
		searches.Go(func() { found[i], errs[i] = Primes(Span{limit * i / parts, limit * (i + 1) / parts}) })
	}
	searches.Wait()
	return slices.Concat(found...), errors.Join(errs...)
}

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}
