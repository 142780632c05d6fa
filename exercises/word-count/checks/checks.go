// Package checks holds the public checks of word-count.
package checks

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	exercise "github.com/interleave-lab/interleave/exercises/word-count"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// What the child processes of these checks run.
var (
	count = processes.NewFunc("checks.count", func(text string) (map[string]int, error) {
		return exercise.CountWords(text)
	})
	attend = processes.NewFunc("checks.attend", func(text string) (map[string]int, error) {
		defer probe.Attend(text)()
		return map[string]int{text: 1}, nil
	})
	failing = processes.NewFunc("checks.failing", func(text string) (map[string]int, error) {
		switch text {
		case "fail":
			return nil, errors.New("the dictionary is lost")
		case "crash":
			panic("a bit flipped")
		}
		return map[string]int{text: 1}, nil
	})
)

// itself is a file whose text is its name.
func itself(_ context.Context, name string) ([]byte, error) { return []byte(name), nil }

// TestCountWords: CountWords counts words whatever their case and what stands between them.
//
//interleave:points 2
func TestCountWords(t *testing.T) {
	for text, want := range map[string]map[string]int{
		"Go, go, GO!":                 {"go": 3},
		"one fish\ntwo fish":          {"one": 1, "fish": 2, "two": 1},
		"Éclair und Öl: éclair, 2 öl": {"éclair": 2, "und": 1, "öl": 2},
		"":                            {},
	} {
		got, err := exercise.CountWords(text)
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("The words of %q are %v. CountWords says %v, error %v.", text, want, got, err)
		}
	}
}

// TestSum: WordCount returns the sum over all files.
//
//interleave:points 2
func TestSum(t *testing.T) {
	files := map[string]string{"a": "to be or not to be", "b": "Not to worry", "c": ""}
	read := func(_ context.Context, name string) ([]byte, error) { return []byte(files[name]), nil }
	got, err := exercise.WordCount(t.Context(), read, count, []string{"a", "b", "c"})
	if want := map[string]int{"to": 3, "be": 2, "or": 1, "not": 2, "worry": 1}; err != nil || !maps.Equal(got, want) {
		t.Fatalf("The files together hold %v. WordCount says %v, error %v.", want, got, err)
	}
	got, err = exercise.WordCount(t.Context(), read, count, []string{"b"})
	if want := map[string]int{"not": 1, "to": 1, "worry": 1}; err != nil || !maps.Equal(got, want) {
		t.Errorf("Called a second time, for a file that holds %v, WordCount says %v, error %v. Begin with an empty map in each call.", want, got, err)
	}
}

// TestReadsTogether: all files are read at the same time.
//
//interleave:points 3
func TestReadsTogether(t *testing.T) {
	const files = 4
	meeting := probe.Meet(t, files)
	_, err := exercise.WordCount(t.Context(), func(_ context.Context, name string) ([]byte, error) {
		defer probe.Attend(name)()
		return []byte(name), nil
	}, count, []string{"a", "b", "c", "d"})
	if err != nil {
		t.Fatalf("Every file can be read and counted, and WordCount returned the error %q.", err)
	}
	if meeting.Most() == 1 {
		t.Errorf("The files were read one after another. Start a thread for each.")
	} else if meeting.Most() < files {
		t.Errorf("Only %d of %d files were read at once. Start a thread for each.", meeting.Most(), files)
	}
}

// TestCountsInProcesses: every text is counted in a child process, all at the same time.
//
//interleave:points 3
func TestCountsInProcesses(t *testing.T) {
	const files = 3
	meeting := probe.Meet(t, files)
	got, err := exercise.WordCount(t.Context(), itself, attend, []string{"a", "b", "c"})
	if err != nil {
		t.Fatalf("Every file can be read and counted, and WordCount returned the error %q.", err)
	}
	switch {
	case meeting.Children() == 0:
		t.Errorf("No child process counted. Call count, not CountWords.")
	case meeting.Most() == 1:
		t.Errorf("The child processes counted one after another. Start all before you wait for the first.")
	case meeting.Most() < files:
		t.Errorf("Only %d of %d child processes counted at once. Start all before you wait for the first.", meeting.Most(), files)
	case len(got) != files:
		t.Errorf("%d texts of one word each were counted, and the sum is %v.", files, got)
	}
}

// TestFailuresAreReported: a file that cannot be read and a count that fails are reported.
//
//interleave:points 2
func TestFailuresAreReported(t *testing.T) {
	gone := errors.New("no such file")
	_, err := exercise.WordCount(t.Context(), func(ctx context.Context, name string) ([]byte, error) {
		if name == "gone" {
			return nil, gone
		}
		return itself(ctx, name)
	}, failing, []string{"a", "gone", "b"})
	if !errors.Is(err, gone) {
		t.Errorf("Reading a file failed with %q, and the error of WordCount is %v.", gone, err)
	}
	if _, err := exercise.WordCount(t.Context(), itself, failing, []string{"a", "fail"}); err == nil || !strings.Contains(err.Error(), "dictionary") {
		t.Errorf("In a child, count failed with \"the dictionary is lost\", and the error of WordCount is %v.", err)
	}
	_, err = exercise.WordCount(t.Context(), itself, failing, []string{"crash", "a"})
	if exit := (*processes.ExitError)(nil); !errors.As(err, &exit) {
		t.Errorf("A child process crashed, and the error of WordCount is %v. Return the error of Wait, or wrap it with %%w.", err)
	}
}
