//go:build ignore

// Adds to the WaitGroup inside of the goroutine, so that a fetch may not be waited for.
// Verdict: race
// Check: TestEveryPage
// Says: fetches.Add(1)

package pagedownloader

import (
	"context"
	"sync"
)

// Page is what became of one URL: its body, or the error that kept it away.
type Page struct {
	URL  string
	Body []byte
	Err  error
}

// DownloadAll fetches every URL, all of them at the same time, and returns one
// Page for each, in the order of urls. It returns when every fetch has ended.
func DownloadAll(
	ctx context.Context,
	fetch func(ctx context.Context, url string) ([]byte, error),
	urls []string,
) []Page {
	pages := make([]Page, len(urls))
	var fetches sync.WaitGroup
	for i, url := range urls {
		go func() {
			fetches.Add(1)
			defer fetches.Done()
			body, err := fetch(ctx, url)
			pages[i] = Page{URL: url, Body: body, Err: err}
		}()
	}
	fetches.Wait()
	return pages
}
