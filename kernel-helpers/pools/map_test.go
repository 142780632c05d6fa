package pools_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

// TestEveryItemOnce: however items are divided, stolen, and broken off.
func TestEveryItemOnce(t *testing.T) {
	for _, c := range []struct {
		name    string
		n, size int
		every   int // how many items between two that panic, leave or fail
	}{
		{"one worker", 1000, 1, 0},
		{"more workers than items", 3, 20, 0},
		{"many items", 50_000, 4, 0},
		{"some break off", 20_000, 4, 500},
		{"all break off", 200, 4, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			calls := make([]atomic.Int32, c.n)
			pool := pools.Threads(c.size, func(i int) (int, error) {
				calls[i].Add(1)
				if i%97 == 0 { // some are longer than others
					runtime.Gosched()
				}
				if c.every > 0 && i%c.every == 0 {
					switch i / c.every % 3 {
					case 0:
						panic(io.EOF)
					case 1:
						runtime.Goexit()
					}
					return 0, io.ErrUnexpectedEOF
				}
				return i + 1, nil
			})
			defer pool.Close()
			items := make([]int, c.n)
			for i := range items {
				items[i] = i
			}
			results, err := pool.Map(t.Context(), items)
			var failed *pools.MapError
			if errors.As(err, &failed) != (c.every > 0) || c.every > 0 && len(failed.Failed) != c.n/c.every {
				t.Error(err)
			}
			for i, r := range results {
				want := i + 1
				if c.every > 0 && i%c.every == 0 {
					want = 0
					if failed.Failed[i/c.every].Item != i {
						t.Errorf("failure %d is that of item %d", i/c.every, failed.Failed[i/c.every].Item)
					}
				}
				if n := calls[i].Load(); n != 1 || r != want {
					t.Fatalf("item %d: called %d times, result %d", i, n, r)
				}
			}
		})
	}
}

func TestLongItemsBeginInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		begun := map[int]time.Duration{}
		begin := time.Now()
		pool := pools.Threads(2, func(i int) (int, error) {
			mu.Lock()
			begun[i] = time.Since(begin)
			mu.Unlock()
			time.Sleep(time.Second)
			return 0, nil
		})
		defer pool.Close()
		if err := pool.Each(t.Context(), []int{0, 1, 2, 3, 4, 5, 6, 7}); err != nil {
			t.Error(err)
		}
		for i, at := range begun {
			if at != time.Duration(i/2)*time.Second {
				t.Errorf("item %d began after %v", i, at)
			}
		}
	})
}

// TestNobodyIsIdleBesideLongItems: those that come after many short ones, which
// were taken several at once, are shared.
func TestNobodyIsIdleBesideLongItems(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const workers, short, long = 5, 1000, 10
		pool := pools.Threads(workers, func(i int) (int, error) {
			if i >= short/2 && i < short/2+long {
				time.Sleep(time.Second)
			}
			return 0, nil
		})
		defer pool.Close()
		items := make([]int, short)
		for i := range items {
			items[i] = i
		}
		begin := time.Now()
		if err := pool.Each(t.Context(), items); err != nil {
			t.Error(err)
		}
		if took := time.Since(begin); took != long/workers*time.Second {
			t.Errorf("took %v: %d naps of 1 s on %d workers", took, long, workers)
		}
	})
}

func TestMapTellsAllFailures(t *testing.T) {
	both(t, 2, func(t *testing.T, pool *pools.Pool[int, int]) {
		_, err := pool.Map(t.Context(), []int{1, fails, 3, panics, leaves})
		var failed *pools.MapError
		if !errors.As(err, &failed) || failed.Items != 5 || len(failed.Failed) != 3 {
			t.Fatal(err)
		}
		for i, item := range []int{1, 3, 4} {
			if failed.Failed[i].Item != item {
				t.Errorf("failure %d is that of item %d", i, failed.Failed[i].Item)
			}
		}
		if err := pool.Each(t.Context(), []int{1, 2, fails}); err == nil || err.Error() != "item 2: a number I do not like" {
			t.Error("Each:", err)
		}
	})
}

func TestEachErrorOfAMapIsFound(t *testing.T) {
	errs := []error{io.EOF, io.ErrShortWrite, nil, context.Canceled}
	pool := pools.Threads(2, func(i int) (int, error) { return 0, errs[i] })
	defer pool.Close()
	err := pool.Each(t.Context(), []int{0, 1, 2, 3})
	for _, e := range errs {
		if e != nil && !errors.Is(err, e) {
			t.Errorf("%v is not found in %v", e, err)
		}
	}
	if errors.Is(err, io.ErrNoProgress) {
		t.Error("finds what is not there")
	}
}

func TestLongItemsDoNotBeginAfterTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var begun atomic.Int32
		pool := pools.Threads(1, func(i int) (int, error) {
			begun.Add(1)
			time.Sleep(time.Second)
			if i == 2 {
				cancel()
			}
			return 0, nil
		})
		err := pool.Each(ctx, []int{0, 1, 2, 3, 4, 5})
		pool.Close()
		if !errors.Is(err, context.Canceled) || begun.Load() != 3 {
			t.Errorf("%v, %d began", err, begun.Load())
		}
	})
}

func TestMapsBesideEachOther(t *testing.T) {
	pool := pools.Threads(3, work)
	defer pool.Close()
	items := slices.Repeat([]int{7}, 1000)
	var wg sync.WaitGroup
	for user := range 8 {
		wg.Go(func() {
			for range 20 {
				results, err := pool.Map(t.Context(), items[:100*user])
				if err != nil || len(results) != 100*user || slices.ContainsFunc(results, func(r int) bool { return r != 49 }) {
					t.Error(fmt.Sprint(user), err)
				}
			}
		})
	}
	wg.Wait()
}
