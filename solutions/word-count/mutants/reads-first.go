//go:build ignore

// Reads one file after the other.
// Verdict: failed
// Check: TestReadsTogether
// Says: one after another

package wordcount

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// CountWords counts how often each word stands in text, in lower case. A word
// is a run of letters.
func CountWords(text string) (map[string]int, error) {
	counts := map[string]int{}
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	for _, word := range strings.FieldsFunc(strings.ToLower(text), notLetter) {
		counts[word]++
	}
	return counts, nil
}

// WordCount returns how often each word stands in all the files together. It
// reads them at the same time in threads and has each counted by count in a
// child process.
func WordCount(
	ctx context.Context,
	read func(ctx context.Context, name string) ([]byte, error),
	count *processes.Func[string, map[string]int],
	names []string,
) (map[string]int, error) {
	var calls []*processes.Call[map[string]int]
	var errs []error
	for _, name := range names {
		text, err := read(ctx, name)
		errs = append(errs, err)
		if err == nil {
			calls = append(calls, count.Start(ctx, string(text)))
		}
	}
	total := map[string]int{}
	for _, call := range calls {
		counts, err := call.Wait()
		errs = append(errs, err)
		for word, n := range counts {
			total[word] += n
		}
	}
	return total, errors.Join(errs...)
}
