package engine_test

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// pageDownloader is the exercise that attacks are tried on.
func pageDownloader(t testing.TB) *exercise.Exercise {
	t.Helper()
	ex, err := exercise.Load(root(t), "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	return ex
}
