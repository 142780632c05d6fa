//go:build ignore

// With one channel for all that arrives.

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
	type numbered struct {
		i    int
		page Page
	}
	arrived := make(chan numbered)
	for i, url := range urls {
		go func() {
			body, err := fetch(ctx, url)
			arrived <- numbered{i, Page{url, body, err}}
		}()
	}
	pages := make([]Page, len(urls))
	for range urls {
		n := <-arrived
		pages[n.i] = n.page
	}
	return pages
}
