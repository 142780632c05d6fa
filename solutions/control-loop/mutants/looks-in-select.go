//go:build ignore

// Looks at the end only where a select may choose the tick.
// Verdict: failed
// Check: TestEndIsNoMiss
// Says: which is no miss

package controlloop

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

func Control(
	ctx context.Context,
	read func(ctx context.Context) (float64, error),
	act func(reading float64),
	sense, drive time.Duration,
) (missed int) {
	var newest atomic.Pointer[float64]
	var wg sync.WaitGroup
	wg.Go(func() {
		t := time.NewTicker(sense)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				c, cancel := context.WithTimeout(ctx, sense)
				v, err := read(c)
				cancel()
				if err != nil {
					missed++
				} else {
					newest.Store(&v)
				}
			}
		}
	})
	wg.Go(func() {
		t := time.NewTicker(drive)
		defer t.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				if v := newest.Load(); v != nil {
					act(*v)
				}
			}
		}
	})
	wg.Wait()
	return missed
}
