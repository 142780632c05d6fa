//go:build ignore

// With a pool of threads and a pool of processes.

package wordcount

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
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
	if len(names) == 0 {
		return nil, nil
	}
	readers := pools.Threads(len(names), func(name string) ([]byte, error) { return read(ctx, name) })
	defer readers.Close()
	counters := pools.Processes(len(names), count)
	defer counters.Close()
	var errs []error
	var reads []*pools.Future[[]byte]
	for _, name := range names {
		reads = append(reads, readers.Submit(ctx, name))
	}
	var counts []*pools.Future[map[string]int]
	for text := range pools.AsCompleted(reads...) {
		data, err := text.Result(ctx)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		counts = append(counts, counters.Submit(ctx, string(data)))
	}
	total := map[string]int{}
	for _, count := range counts {
		words, err := count.Result(ctx)
		errs = append(errs, err)
		for word, n := range words {
			total[word] += n
		}
	}
	return total, errors.Join(errs...)
}
