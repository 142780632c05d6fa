package kerneltest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

const answer = `import (
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
}`

const checks = "import \"github.com/interleave-lab/interleave/kernel-helpers/check\"\n\n%%\ncheck.Exercise(\"page-downloader\")"

// A check cell judges what ran, shows where it goes wrong, and runs that again.
func TestACheckCell(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(answer)
	for _, cell := range []string{
		checks,
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

// After a kernel's first check cell, an answer is judged as soon as it runs: the next
// check cell takes what was found, and the one after it has it judged again.
func TestAnAnswerIsJudgedAsItRuns(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(answer)
	k.WantText(k.Run(checks), `race      Every page is there`)
	executable := strings.TrimSpace(k.MustRun("import (\n\t\"fmt\"\n\t\"os\"\n)\n%%\nfmt.Println(os.Executable())").Text())
	folder := filepath.Dir(strings.TrimSuffix(executable, " <nil>"))
	made := filepath.Join(folder, "foreseen-page-downloader")
	if _, err := os.Stat(made); err == nil {
		t.Error("an answer is judged again that was judged")
	}
	right := strings.ReplaceAll(answer, "for _, url := range urls {", "pages = make([]Page, len(urls))\n\tfor i, url := range urls {")
	k.MustRun(strings.ReplaceAll(right, "pages = append(pages, Page{URL: url, Body: body, Err: err})", "pages[i] = Page{URL: url, Body: body, Err: err}"))
	for range 400 {
		if _, err := os.Stat(made); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if _, err := os.Stat(made); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := k.MustRun(checks)
		k.WantText(r, `5 of 5 public checks passed`)
		k.WantText(r, `Judged: Page and DownloadAll as they last ran`)
		if _, err := os.Stat(made); err == nil {
			t.Error("what was found is not taken")
		}
	}
	k.WantSound()
}
