//go:build ignore

// With named threads.

package pagedownloader

import (
	"context"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
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
	var downloads threads.Group
	for i, url := range urls {
		downloads.Go(url, func() {
			body, err := fetch(ctx, url)
			pages[i] = Page{URL: url, Body: body, Err: err}
		})
	}
	downloads.Wait()
	return pages
}
