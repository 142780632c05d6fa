//go:build ignore

// With a pool of processes.

package primecount

import (
	"context"
	"slices"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
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
	spans := make([]Span, parts)
	for i := range spans {
		spans[i] = Span{From: limit * i / parts, To: limit * (i + 1) / parts}
	}
	pool := pools.Processes(parts, search)
	defer pool.Close()
	found, err := pool.Map(ctx, spans)
	return slices.Concat(found...), err
}

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}
