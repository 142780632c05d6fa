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
	// BEGIN SOLUTION
	counts := map[string]int{}
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	for _, word := range strings.FieldsFunc(strings.ToLower(text), notLetter) {
		counts[word]++
	}
	return counts, nil
	// END SOLUTION
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
	// BEGIN SOLUTION
	var (
		mu    sync.Mutex // protects total and errs
		total = map[string]int{}
		errs  []error
		files sync.WaitGroup
	)
	for _, name := range names {
		files.Go(func() {
			var counts map[string]int
			text, err := read(ctx, name)
			if err == nil {
				counts, err = count.Start(ctx, string(text)).Wait()
			}
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
	// END SOLUTION
}
