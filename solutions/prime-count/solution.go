package primecount

import (
	"context"
	"errors"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// Span is the numbers n with From <= n < To.
type Span struct{ From, To int }

// Primes returns the primes of span in ascending order.
func Primes(span Span) ([]int, error) {
	// BEGIN SOLUTION
	var primes []int
	for n := max(2, span.From); n < span.To; n++ {
		if isPrime(n) {
			primes = append(primes, n)
		}
	}
	return primes, nil
	// END SOLUTION
}

// FindPrimes returns the primes below limit in ascending order. It has each of
// parts spans searched in a child process of its own, all at the same time.
func FindPrimes(
	ctx context.Context,
	search *processes.Func[Span, []int],
	limit, parts int,
) ([]int, error) {
	// BEGIN SOLUTION
	calls := make([]*processes.Call[[]int], parts)
	for i := range calls {
		span := Span{From: limit * i / parts, To: limit * (i + 1) / parts}
		calls[i] = search.Start(ctx, span)
	}
	var primes []int
	var errs []error
	for _, call := range calls {
		found, err := call.Wait()
		primes = append(primes, found...)
		errs = append(errs, err)
	}
	return primes, errors.Join(errs...)
	// END SOLUTION
}

// BEGIN SOLUTION
func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// END SOLUTION
