//go:build ignore

// The first error gives up all other pages.
// Verdict: failed
// Check: TestErrorStaysWithItsPage
// Says: because another page failed

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
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pages := make([]Page, len(urls))
	var fetches sync.WaitGroup
	for i, url := range urls {
		fetches.Go(func() {
			body, err := fetch(ctx, url)
			if err != nil {
				cancel()
			}
			pages[i] = Page{URL: url, Body: body, Err: err}
		})
	}
	fetches.Wait()
	return pages
}
