// Package hidden holds the hidden checks of page-downloader.
package hidden

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/page-downloader"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// TestManyPages: three hundred pages, some of them the same, all come back.
//
//interleave:points 2
func TestManyPages(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		urls := make([]string, 300)
		for i := range urls {
			urls[i] = fmt.Sprint("http://pages.test/", i%250)
		}
		// Nothing here puts the fetches in an order, so an unguarded write shows.
		got := exercise.DownloadAll(t.Context(), func(_ context.Context, url string) ([]byte, error) {
			return []byte(url), nil
		}, slices.Clone(urls))
		if len(got) != len(urls) {
			t.Fatalf("%d URLs gave %d pages.", len(urls), len(got))
		}
		for i, page := range got {
			if page.URL != urls[i] || string(page.Body) != urls[i] {
				t.Fatalf("Page %d should be %s and is %s with the body %q.", i, urls[i], page.URL, page.Body)
			}
		}
	})
}

// TestNothingIsLeftUnderWay: when DownloadAll returns, every fetch has ended.
//
//interleave:points 2
func TestNothingIsLeftUnderWay(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var load probe.Load
		exercise.DownloadAll(ctx, func(ctx context.Context, _ string) ([]byte, error) {
			load.Enter()
			defer load.Leave()
			<-ctx.Done()
			time.Sleep(time.Second) // a connection takes its time to close
			return nil, ctx.Err()
		}, make([]string, 4))
		if load.Now() > 0 {
			t.Errorf("%d fetches were still under way when DownloadAll returned. Wait for all of them.", load.Now())
		}
	})
}

type key struct{}

// TestContextReachesFetch: fetch gets the caller's context, with what it carries.
func TestContextReachesFetch(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		ctx := context.WithValue(t.Context(), key{}, "trace 7")
		exercise.DownloadAll(ctx, func(ctx context.Context, _ string) ([]byte, error) {
			if ctx.Value(key{}) != "trace 7" {
				t.Error("The context that fetch got is not the caller's, nor one that was made of it.")
			}
			return nil, nil
		}, []string{"http://pages.test/"})
	})
}
