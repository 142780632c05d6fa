package locks_test

import (
	"context"
	"sync"
	"testing"

	"golang.org/x/sync/semaphore"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

func benchmark(b *testing.B, name string, lock, unlock func()) {
	b.Run(name+"/uncontended", func(b *testing.B) {
		for b.Loop() {
			lock()
			unlock()
		}
	})
	b.Run(name+"/contended", func(b *testing.B) {
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				lock()
				unlock()
			}
		})
	})
}

func BenchmarkMutex(b *testing.B) {
	var ours locks.Mutex
	var syncs sync.Mutex
	benchmark(b, "locks", ours.Lock, ours.Unlock)
	benchmark(b, "sync", syncs.Lock, syncs.Unlock)
}

func BenchmarkRMutex(b *testing.B) {
	var ours locks.RMutex
	benchmark(b, "locks", ours.Lock, ours.Unlock)
}

func BenchmarkRWMutex(b *testing.B) {
	var ours locks.RWMutex
	var syncs sync.RWMutex
	benchmark(b, "locks", ours.RLock, ours.RUnlock)
	benchmark(b, "sync", syncs.RLock, syncs.RUnlock)
}

func BenchmarkSemaphore(b *testing.B) {
	ours := locks.NewSemaphore("", 1)
	weighted := semaphore.NewWeighted(1)
	channel := make(chan struct{}, 1)
	benchmark(b, "locks", ours.Acquire, ours.Release)
	benchmark(b, "x/sync", func() { weighted.Acquire(context.Background(), 1) }, func() { weighted.Release(1) })
	benchmark(b, "channel", func() { channel <- struct{}{} }, func() { <-channel })
}
