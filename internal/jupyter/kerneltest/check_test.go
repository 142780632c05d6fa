package kerneltest_test

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

// A check cell judges what ran, shows where it goes wrong, and runs that again.
func TestACheckCell(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(`import (
	"context"
	"sync"
)

type Page struct {
	URL  string
	Body []byte
	Err  error
}

func DownloadAll(ctx context.Context, fetch func(ctx context.Context, url string) ([]byte, error), urls []string) []Page {
	var pages []Page
	var fetches sync.WaitGroup
	for _, url := range urls {
		fetches.Go(func() {
			body, err := fetch(ctx, url)
			pages = append(pages, Page{URL: url, Body: body, Err: err})
		})
	}
	fetches.Wait()
	return pages
}`)
	for _, cell := range []string{
		"import \"github.com/interleave-lab/interleave/kernel-helpers/check\"\n\n%%\ncheck.Exercise(\"page-downloader\")",
		"%%\ncheck.Seed(\"page-downloader\", 0)",
	} {
		r := k.Run(cell)
		k.WantError(r, `Not all checks passed: exit status 1`)
		k.WantText(r, `race      Every page is there`)
		k.WantText(r, `at line 7 of DownloadAll \(pages = append\(pages`)
		k.WantText(r, `G\d+ +7  pages = append\(pages, .*✗ writes`)
		k.WantText(r, `Run the same schedule again: check\.Seed\("page-downloader", 0\)`)
		k.WantText(r, `Judged: Page and DownloadAll as they last ran, (in the sandbox (namespaces|landlock)|without a sandbox)`)
		bundles := r.Bundles()
		if len(bundles) != 2 {
			t.Fatalf("%d outputs, want the table and the picture", len(bundles))
		}
		for _, form := range []string{"application/vnd.interleave.echarts.v1+json", "text/html", "image/png", "text/plain"} {
			if bundles[1][form] == nil {
				t.Errorf("the picture has no %s", form)
			}
		}
	}
	k.WantSound()
}
