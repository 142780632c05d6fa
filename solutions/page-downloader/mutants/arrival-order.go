//go:build ignore

// Pages in the order in which they arrive.
// Verdict: failed
// Check: TestEveryPage
// Says: Page 0 should be

package pagedownloader

import (
	"context"
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
	arrived := make(chan Page)
	for _, url := range urls {
		go func() {
			body, err := fetch(ctx, url)
			arrived <- Page{URL: url, Body: body, Err: err}
		}()
	}
	var pages []Page
	for range urls {
		pages = append(pages, <-arrived)
	}
	return pages
}
