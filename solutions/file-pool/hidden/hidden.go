// Package hidden holds the hidden checks of file-pool.
package hidden

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/file-pool"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// TestOneWorker: one worker reads one file at a time.
func TestOneWorker(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		var load probe.Load
		files, err := exercise.ReadAll(t.Context(), func(_ context.Context, name string) ([]byte, error) {
			load.Enter()
			defer load.Leave()
			time.Sleep(time.Second)
			return []byte(name), nil
		}, []string{"a", "b", "c"}, 1)
		if err != nil || len(files) != 3 || load.Most() != 1 {
			t.Errorf("Three files and one worker gave %d files and the error %v, with %d open at once.", len(files), err, load.Most())
		}
	})
}

// TestMoreWorkersThanFiles: workers without a file to read do no harm.
func TestMoreWorkersThanFiles(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		for n := range 3 {
			names := make([]string, n)
			for i := range names {
				names[i] = fmt.Sprint(i)
			}
			files, err := exercise.ReadAll(t.Context(), func(_ context.Context, name string) ([]byte, error) {
				return []byte(name), nil
			}, names, 8)
			if err != nil || len(files) != n {
				t.Errorf("%d files with 8 workers gave %d and the error %v.", n, len(files), err)
			}
		}
	})
}

// TestManyFiles: a thousand files come back whole.
//
//interleave:points 2
func TestManyFiles(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		names := make([]string, 1000)
		for i := range names {
			names[i] = fmt.Sprint("file-", i)
		}
		// Nothing here puts the reads in an order, so an unguarded write shows.
		files, err := exercise.ReadAll(t.Context(), func(_ context.Context, name string) ([]byte, error) {
			return []byte(name), nil
		}, slices.Clone(names), 8)
		if err != nil || len(files) != len(names) {
			t.Fatalf("%d files gave %d and the error %v.", len(names), len(files), err)
		}
		for _, name := range names {
			if string(files[name]) != name {
				t.Fatalf("Under %s the map holds %q, which is not what read returned for it.", name, files[name])
			}
		}
	})
}

// TestEveryFileFails: when nothing can be read, the pool still comes to an end.
//
//interleave:points 2
func TestEveryFileFails(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		broken := errors.New("disk failure")
		files, err := exercise.ReadAll(t.Context(), func(context.Context, string) ([]byte, error) {
			time.Sleep(time.Second)
			return nil, broken
		}, make([]string, 9), 3)
		if len(files) != 0 || !errors.Is(err, broken) {
			t.Errorf("Nine files that cannot be read gave %d and the error %v.", len(files), err)
		}
	})
}

// TestWhatWasRead: a file that was read is in the map, also when the context ends meanwhile.
//
//interleave:points 2
func TestWhatWasRead(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		names := make([]string, 12)
		for i := range names {
			names[i] = fmt.Sprint("file-", i)
		}
		read := probe.NewJournal[string](len(names))
		files, _ := exercise.ReadAll(ctx, func(_ context.Context, name string) ([]byte, error) {
			time.Sleep(time.Second)
			read.Note(name)
			return []byte(name), nil
		}, names, 3)
		for _, name := range read.Notes() {
			if _, there := files[name]; !there {
				t.Errorf("The file %s was read, the context ended, and it is not in the map.", name)
			}
		}
	})
}
