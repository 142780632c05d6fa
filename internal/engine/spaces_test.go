package engine_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Options of the race detector are words; a folder's name may be several.
func TestARaceIsToldFromAFolderWithSpaces(t *testing.T) {
	temp := filepath.Join(t.TempDir(), "my own course")
	if err := os.Mkdir(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	r := judgeSource(t, e, ex, pages(`"sync"`, `sum := 0
	var fetches sync.WaitGroup
	for range urls {
		fetches.Go(func() { sum++ })
	}
	fetches.Wait()
	return make([]Page, sum)`, ""), engine.Public)
	if r.Verdict != engine.Race {
		t.Errorf("judged %s: %s", r.Verdict, r.Message)
	}
}
