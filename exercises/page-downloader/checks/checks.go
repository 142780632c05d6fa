// Package checks holds the public checks of page-downloader.
package checks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/page-downloader"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// nap is how long a page takes: virtual time, so the checks do not.
const nap = 100 * time.Millisecond

func urls(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("http://pages.test/%d", i)
	}
	return list
}

// TestEveryPage: every page is there, in the order of the URLs.
//
//interleave:points 2
func TestEveryPage(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		for _, call := range []struct {
			n    int
			when string
		}{{12, ""}, {3, "Called a second time: "}} {
			want := urls(call.n)
			got := exercise.DownloadAll(t.Context(), func(_ context.Context, url string) ([]byte, error) {
				if url == want[0] {
					time.Sleep(2 * nap) // the first page comes last
				} else {
					time.Sleep(nap)
				}
				return []byte("body of " + url), nil
			}, slices.Clone(want)) // an answer may write into what it is handed
			if len(got) != len(want) {
				t.Fatalf(call.when+"%d URLs gave %d pages.", len(want), len(got))
			}
			for i, page := range got {
				if page.URL != want[i] {
					t.Fatalf(call.when+"Page %d should be %s and is %q.", i, want[i], page.URL)
				}
				if string(page.Body) != "body of "+want[i] {
					t.Fatalf(call.when+"The body of %s is %q, which is not what fetch returned for this URL.", want[i], page.Body)
				}
				if page.Err != nil {
					t.Fatalf(call.when+"The page %s was fetched without an error, and its Err is %q.", want[i], page.Err)
				}
			}
		}
	})
}

// TestTogether: all pages are fetched at the same time.
//
//interleave:points 3
func TestTogether(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const pages = 8
		gate := probe.NewGate(pages)
		var load probe.Load
		exercise.DownloadAll(t.Context(), func(context.Context, string) ([]byte, error) {
			load.Enter()
			gate.Pass() // a page comes only once all of them are asked for
			return nil, nil
		}, urls(pages))
		switch {
		case load.Total() != pages:
			t.Errorf("There are %d URLs, and fetch was called %d times. Call it once for each.", pages, load.Total())
		case gate.Most() == 1:
			t.Errorf("The pages were fetched one after another. Start all %d fetches before you wait for the first, and hold no lock during a fetch.", pages)
		case gate.Most() < pages:
			t.Errorf("Only %d of %d pages were under way at once. Start all fetches before you wait for the first.", gate.Most(), pages)
		}
	})
}

// TestErrorStaysWithItsPage: a page that fails keeps its error and loses no other page.
//
//interleave:points 2
func TestErrorStaysWithItsPage(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		list := urls(6)
		gone := errors.New("410 Gone")
		got := exercise.DownloadAll(t.Context(), func(ctx context.Context, url string) ([]byte, error) {
			if url == list[2] {
				return nil, gone // at once, while the others are still under way
			}
			select {
			case <-time.After(nap):
				return []byte("body"), nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}, slices.Clone(list))
		if len(got) != len(list) {
			t.Fatalf("%d URLs, one of which fails, gave %d pages. The failed one belongs there too, with its Err.", len(list), len(got))
		}
		for i, page := range got {
			switch {
			case i == 2 && !errors.Is(page.Err, gone):
				t.Errorf("Fetching %s failed with %q, and its Err is %v.", list[i], gone, page.Err)
			case i != 2 && (page.Err != nil || string(page.Body) != "body"):
				t.Errorf("The page %s was lost (Err %v, %d bytes) because another page failed.", list[i], page.Err, len(page.Body))
			}
		}
	})
}

// TestNothingToDo: no URLs give no pages, at once.
func TestNothingToDo(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		got := exercise.DownloadAll(t.Context(), func(context.Context, string) ([]byte, error) {
			t.Error("There was no URL, and fetch was called.")
			return nil, nil
		}, nil)
		if len(got) != 0 {
			t.Errorf("No URLs gave %d pages.", len(got))
		}
	})
}

// TestGivingUp: cancelling the context ends every download.
//
//interleave:points 2
func TestGivingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		list := urls(5)
		ctx, cancel := context.WithTimeout(t.Context(), nap)
		defer cancel()
		start := time.Now()
		got := exercise.DownloadAll(ctx, func(ctx context.Context, _ string) ([]byte, error) {
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(100 * nap):
				return []byte("too late"), nil
			}
		}, list)
		if took := time.Since(start); took > nap {
			t.Fatalf("The caller gave up after %v, and DownloadAll returned after %v. Hand ctx to fetch.", nap, took)
		}
		if len(got) != len(list) {
			t.Fatalf("The caller gave up, and %d URLs gave %d pages. Each needs one, with its Err.", len(list), len(got))
		}
		for i, page := range got {
			if !errors.Is(page.Err, context.DeadlineExceeded) {
				t.Fatalf("The page %s was given up, and its Err is %v, not %q.", list[i], page.Err, context.DeadlineExceeded)
			}
		}
	})
}
