//go:build ignore

// Looks which URL is next in one critical section, and moves on in another.
// Verdict: failed
// Check: TestEveryPage
// Says: Page

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
	var mu sync.Mutex
	pages := make([]Page, len(urls))
	next := 0
	take := func() int {
		mu.Lock()
		defer mu.Unlock()
		return next
	}
	moveOn := func() {
		mu.Lock()
		defer mu.Unlock()
		next++
	}
	var fetches sync.WaitGroup
	for range urls {
		fetches.Go(func() {
			i := take()
			moveOn()
			body, err := fetch(ctx, urls[i])
			mu.Lock()
			defer mu.Unlock()
			pages[i] = Page{URL: urls[i], Body: body, Err: err}
		})
	}
	fetches.Wait()
	return pages
}
