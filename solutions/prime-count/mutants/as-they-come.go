//go:build ignore

// Puts the results together as they arrive.
// Verdict: failed
// Check: TestLastComesFirst
// Says: as they arrived

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
	type result struct {
		found []int
		err   error
	}
	results := make(chan result)
	for i := range parts {
		call := search.Start(ctx, Span{limit * i / parts, limit * (i + 1) / parts})
		go func() {
			found, err := call.Wait()
			results <- result{found, err}
		}()
	}
	var primes []int
	var errs []error
	for range parts {
		r := <-results
		primes = append(primes, r.found...)
		errs = append(errs, r.err)
	}
	return primes, errors.Join(errs...)
}

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}
