// Package hidden holds the hidden checks of word-count.
package hidden

import (
	"context"
	"fmt"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/word-count"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var (
	// same gives every file the same words, so that sums meet in one place.
	same = processes.NewFunc("hidden.same", func(string) (map[string]int, error) {
		return map[string]int{"word": 1, "another": 2}, nil
	})
	endless = processes.NewFunc("hidden.endless", func(string) (map[string]int, error) {
		time.Sleep(time.Hour) // until it is killed
		return nil, nil
	})
)

func itself(_ context.Context, name string) ([]byte, error) { return []byte(name), nil }

// TestSameWordsEverywhere: words that every file holds are counted in all of them.
//
//interleave:points 2
func TestSameWordsEverywhere(t *testing.T) {
	const files = 6
	names := make([]string, files)
	for i := range names {
		names[i] = fmt.Sprint(i)
	}
	got, err := exercise.WordCount(t.Context(), itself, same, names)
	if err != nil || got["word"] != files || got["another"] != 2*files || len(got) != 2 {
		t.Errorf("%d files with the same words give %v, error %v.", files, got, err)
	}
}

// TestNoFiles: no files hold no words.
func TestNoFiles(t *testing.T) {
	if got, err := exercise.WordCount(t.Context(), itself, same, nil); err != nil || len(got) != 0 {
		t.Errorf("No files give %v, error %v.", got, err)
	}
}

// TestGivingUp: when the context ends, so do the child processes.
//
//interleave:points 2
func TestGivingUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := exercise.WordCount(ctx, itself, endless, []string{"a", "b"}); err == nil {
		t.Error("The context ended the child processes, and WordCount returned no error.")
	}
}
