package primecount

import (
	"context"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// Span is the numbers n with From <= n < To.
type Span struct{ From, To int }

// Primes returns the primes of span in ascending order.
func Primes(span Span) ([]int, error) {
	// YOUR CODE HERE
	panic("not written yet")
}

// FindPrimes returns the primes below limit in ascending order. It has each of
// parts spans searched in a child process of its own, all at the same time.
func FindPrimes(
	ctx context.Context,
	search *processes.Func[Span, []int],
	limit, parts int,
) ([]int, error) {
	// YOUR CODE HERE
	panic("not written yet")
}
