//go:build ignore

// Counts in this process.
// Verdict: failed
// Check: TestCountsInProcesses
// Says: No child process

package wordcount

import (
	"context"
	"errors"
	"strings"
	"sync"
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
	var (
		mu    sync.Mutex
		total = map[string]int{}
		errs  []error
		files sync.WaitGroup
	)
	for _, name := range names {
		files.Go(func() {
			text, err := read(ctx, name)
			counts, _ := CountWords(string(text))
			mu.Lock()
			defer mu.Unlock()
			errs = append(errs, err)
			for word, n := range counts {
				total[word] += n
			}
		})
	}
	files.Wait()
	return total, errors.Join(errs...)
}
