// Package checks holds the public checks of file-pool.
package checks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/file-pool"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// nap is how long a file takes: virtual time, so the checks do not.
const nap = 100 * time.Millisecond

func names(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("file-%02d.txt", i)
	}
	return list
}

// TestEveryFile: every file's content is there, under its name.
//
//interleave:points 2
func TestEveryFile(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		list := names(20)
		files, err := exercise.ReadAll(t.Context(), func(_ context.Context, name string) ([]byte, error) {
			time.Sleep(nap)
			return []byte("text of " + name), nil
		}, slices.Clone(list), 4) // an answer may write into what it is handed
		if err != nil {
			t.Fatalf("Every file can be read, and ReadAll returned the error %q.", err)
		}
		if len(files) != len(list) {
			t.Fatalf("%d files were read, and the map holds %d.", len(list), len(files))
		}
		for _, name := range list {
			if string(files[name]) != "text of "+name {
				t.Fatalf("Under %s the map holds %q, which is not what read returned for it.", name, files[name])
			}
		}
		again, _ := exercise.ReadAll(t.Context(), func(context.Context, string) ([]byte, error) { return nil, nil }, []string{"last"}, 1)
		if len(again) != 1 {
			t.Fatalf("Called a second time, for one file, ReadAll returned a map that holds %d. Begin with an empty map in each call.", len(again))
		}
	})
}

// TestAllWorkers: all workers read at the same time.
//
//interleave:points 3
func TestAllWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const files, workers, long = 12, 3, 4 * nap
		var load probe.Load
		start := time.Now()
		_, _ = exercise.ReadAll(t.Context(), func(context.Context, string) ([]byte, error) {
			load.Enter()
			defer load.Leave()
			if load.Total() == 1 {
				time.Sleep(long - nap) // the others go on meanwhile
			}
			time.Sleep(nap)
			return nil, nil
		}, names(files), workers)
		took, want := time.Since(start), (files*nap+long-nap)/workers
		switch {
		case load.Total() != files:
			t.Errorf("There are %d files, and read was called %d times. Call it once for each.", files, load.Total())
		case load.Most() == 1:
			t.Errorf("The files were read one after another: %d files took %v with %d workers, not %v.", files, took, workers, want)
		case load.Most() < workers:
			t.Errorf("Only %d of %d workers read at once.", load.Most(), workers)
		case took > want:
			t.Errorf("%d files, of which one takes %v and the others %v, took %v with %d workers, not %v. A worker that is done must take the next file at once.", files, long, nap, took, workers, want)
		}
	})
}

// TestNeverMore: never more files are open at once than there are workers.
//
//interleave:points 3
func TestNeverMore(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		const files, workers = 30, 4
		var load probe.Load
		_, _ = exercise.ReadAll(t.Context(), func(context.Context, string) ([]byte, error) {
			load.Enter()
			defer load.Leave()
			time.Sleep(nap)
			return nil, nil
		}, names(files), workers)
		if load.Most() > workers {
			t.Errorf("%d files were open at once, and the pool has %d workers.", load.Most(), workers)
		}
	})
}

// TestErrors: a file that cannot be read is reported, and all others are there.
//
//interleave:points 2
func TestErrors(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		list := names(10)
		bad := map[string]error{list[1]: errors.New("no such file"), list[6]: errors.New("permission denied")}
		files, err := exercise.ReadAll(t.Context(), func(_ context.Context, name string) ([]byte, error) {
			time.Sleep(nap)
			return []byte(name), bad[name]
		}, slices.Clone(list), 2)
		for name, reason := range bad {
			if !errors.Is(err, reason) {
				t.Errorf("Reading %s failed with %q, and the error that ReadAll returned (%v) does not hold that.", name, reason, err)
			}
			if _, there := files[name]; there {
				t.Errorf("Reading %s failed, and it stands in the map.", name)
			}
		}
		for _, name := range list {
			if bad[name] == nil && string(files[name]) != name {
				t.Errorf("The file %s was lost because another could not be read.", name)
			}
		}
	})
}

// TestGivingUp: when the context ends, no further file is opened.
//
//interleave:points 2
func TestGivingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const files, workers = 20, 2
		ctx, cancel := context.WithTimeout(t.Context(), nap/2)
		defer cancel()
		var load probe.Load
		_, err := exercise.ReadAll(ctx, func(ctx context.Context, _ string) ([]byte, error) {
			load.Enter()
			defer load.Leave()
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-time.After(nap):
				return nil, nil
			}
		}, names(files), workers)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("The context ended, and the error of ReadAll is %v, not %q.", err, context.DeadlineExceeded)
		}
		// Each worker may have had one more in its hands.
		if load.Total() > 2*workers {
			t.Errorf("The context ended during the first %d files, and %d of %d were opened. Look at ctx before you open the next.", workers, load.Total(), files)
		}
	})
}
