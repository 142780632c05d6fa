//go:build ignore

// Gives up on the context, and leaves goroutines that can never send.
// Verdict: leak
// Check: TestGivingUp
// Says: to send on a channel

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
	pages := make([]Page, len(urls))
	for i, url := range urls {
		pages[i] = Page{URL: url, Err: context.DeadlineExceeded}
		go func() {
			body, err := fetch(ctx, url)
			arrived <- numbered{i, Page{URL: url, Body: body, Err: err}}
		}()
	}
	for range urls {
		select {
		case n := <-arrived:
			pages[n.i] = n.page
		case <-ctx.Done():
			return pages
		}
	}
	return pages
}
