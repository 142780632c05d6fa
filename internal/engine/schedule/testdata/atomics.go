// Package atomics has pairs of programs with atomics, maps and pools, as package races has.
package atomics

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// both runs two functions at the same time.
func both(f, g func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Go(g)
	wg.Wait()
}

// publishes has one goroutine set n before it sets a flag, and another use n once the
// flag is set, or without asking for it.
func publishes(set func(), isSet func() bool, asks bool) {
	n := 0
	both(func() { n++; set() }, func() {
		if isSet() || !asks {
			n++
		}
	})
}

// want: race
func MapHolds() {
	var m sync.Map
	f := func() {
		v, _ := m.LoadOrStore("n", new(int))
		*v.(*int)++
	}
	both(f, f)
}

// want: passed
func MapPublishes() {
	var m sync.Map
	both(func() { n := 1; m.Store("n", &n) }, func() {
		if v, ok := m.Load("n"); ok {
			*v.(*int)++
		}
	})
}

// want: race
func PoolUsedAfterPut() {
	pool := sync.Pool{New: func() any { return new(int) }}
	f := func() {
		n := pool.Get().(*int)
		pool.Put(n)
		*n++
	}
	both(f, f)
}

// want: passed
func PoolUsedBeforePut() {
	pool := sync.Pool{New: func() any { return new(int) }}
	f := func() {
		for range 3 {
			n := pool.Get().(*int)
			*n++
			pool.Put(n)
		}
	}
	both(f, f)
}

// want: race
func Int32Unasked() {
	var v atomic.Int32
	publishes(func() { v.Add(1) }, func() bool { return v.Load() == 1 }, false)
}

// want: passed
func Int32Asked() {
	var v atomic.Int32
	publishes(func() { v.Add(1) }, func() bool { return v.Load() == 1 }, true)
}

// want: race
func Int64Unasked() {
	var v atomic.Int64
	publishes(func() { v.Store(1) }, func() bool { return v.CompareAndSwap(1, 2) }, false)
}

// want: passed
func Int64Asked() {
	var v atomic.Int64
	publishes(func() { v.Store(1) }, func() bool { return v.CompareAndSwap(1, 2) }, true)
}

// want: race
func BoolUnasked() {
	var v atomic.Bool
	publishes(func() { v.Store(true) }, v.Load, false)
}

// want: passed
func BoolAsked() {
	var v atomic.Bool
	publishes(func() { v.Store(true) }, v.Load, true)
}

// want: race
func PointerUnasked() {
	var v atomic.Pointer[string]
	publishes(func() { v.Store(new(string)) }, func() bool { return v.Load() != nil }, false)
}

// want: passed
func PointerAsked() {
	var v atomic.Pointer[string]
	publishes(func() { v.Store(new(string)) }, func() bool { return v.Load() != nil }, true)
}

// want: race
func ValueUnasked() {
	var v atomic.Value
	publishes(func() { v.Store(1) }, func() bool { return v.Load() != nil }, false)
}

// want: passed
func ValueAsked() {
	var v atomic.Value
	publishes(func() { v.Store(1) }, func() bool { return v.Load() != nil }, true)
}

// want: race
func FunctionsUnasked() {
	var a uint32
	var b uint64
	var c unsafe.Pointer
	publishes(func() {
		atomic.AddUint32(&a, 1)
		atomic.StoreUint64(&b, 1)
		atomic.StorePointer(&c, unsafe.Pointer(&b))
	}, func() bool { return false }, false)
}

// want: passed
func FunctionsAsked() {
	var a uint32
	var b uint64
	var c uintptr
	publishes(func() { atomic.OrUint32(&a, 1) }, func() bool { return atomic.LoadUint32(&a) == 1 }, true)
	publishes(func() { atomic.SwapUint64(&b, 1) }, func() bool { return atomic.LoadUint64(&b) == 1 }, true)
	publishes(func() { atomic.AddUintptr(&c, 1) }, func() bool { return atomic.LoadUintptr(&c) == 1 }, true)
}

// want: race
func AtomicBesidePlain() {
	var n int64
	both(func() { atomic.AddInt64(&n, 1) }, func() { n++ })
}
