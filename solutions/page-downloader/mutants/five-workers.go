//go:build ignore

// Five workers, however many pages there are.
// Verdict: failed
// Check: TestTogether
// Says: Only 5 of 8

package pagedownloader

import (
	"context"
	"sync"
)

type Page struct {
	URL  string
	Body []byte
	Err  error
}

func DownloadAll(
	ctx context.Context,
	fetch func(ctx context.Context, url string) ([]byte, error),
	urls []string,
) []Page {
	pages := make([]Page, len(urls))
	jobs := make(chan int)
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			for i := range jobs {
				b, err := fetch(ctx, urls[i])
				pages[i] = Page{urls[i], b, err}
			}
		})
	}
	for i := range urls {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	return pages
}
