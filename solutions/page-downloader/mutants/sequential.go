//go:build ignore

// One page after the other.
// Verdict: failed
// Check: TestTogether
// Says: one after another

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
	pages := make([]Page, 0, len(urls))
	for _, url := range urls {
		body, err := fetch(ctx, url)
		pages = append(pages, Page{URL: url, Body: body, Err: err})
	}
	return pages
}
