// Package atomicity has mistakes that no race detector sees: each step is protected,
// and what they come to together is not.
package atomicity

import (
	old "math/rand"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"
)

// times runs f at the same time as itself.
func times(n int, f func()) {
	var wg sync.WaitGroup
	for range n {
		wg.Go(f)
	}
	wg.Wait()
}

func must(ok bool) {
	if !ok {
		panic("broken")
	}
}

// LostUpdate loads and stores.
//
// want: panic
func LostUpdate() {
	var n atomic.Int64
	times(3, func() { v := n.Load(); n.Store(v + 1) })
	must(n.Load() == 3)
}

// LostUpdateOfFunctions does so with the package's functions.
//
// want: panic
func LostUpdateOfFunctions() {
	var n int32
	times(2, func() { atomic.StoreInt32(&n, atomic.LoadInt32(&n)+1) })
	must(n == 2)
}

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) get() int  { a.mu.Lock(); defer a.mu.Unlock(); return a.balance }
func (a *account) add(n int) { a.mu.Lock(); a.balance += n; a.mu.Unlock() }

// Overdrawn looks under one lock and takes under another.
//
// want: panic
func Overdrawn() {
	a := &account{balance: 100}
	times(2, func() {
		if a.get() >= 100 {
			a.add(-100)
		}
	})
	must(a.get() >= 0)
}

// TornTransfer shows a sum while money is under way.
//
// want: panic
func TornTransfer() {
	a, b := &account{balance: 100}, &account{}
	var wg sync.WaitGroup
	wg.Go(func() { a.add(-10); b.add(10) })
	wg.Go(func() { must(a.get()+b.get() == 100) })
	wg.Wait()
}

// CheckedTwice computes a value twice: it looks, unlocks, computes and stores.
//
// want: panic
func CheckedTwice() {
	var mu sync.Mutex
	cache := map[string]int{}
	var computed atomic.Int32
	times(2, func() {
		mu.Lock()
		_, ok := cache["a"]
		mu.Unlock()
		if !ok {
			v := int(computed.Add(1))
			mu.Lock()
			cache["a"] = v
			mu.Unlock()
		}
	})
	must(computed.Load() == 1)
}

// MapCheckThenStore does so with sync.Map.
//
// want: panic
func MapCheckThenStore() {
	var m sync.Map
	var stored atomic.Int32
	times(2, func() {
		if _, ok := m.Load("a"); !ok {
			m.Store("a", true)
			stored.Add(1)
		}
	})
	must(stored.Load() == 1)
}

// MapCounter adds to what it loaded.
//
// want: panic
func MapCounter() {
	var m sync.Map
	m.Store("n", 0)
	times(2, func() { v, _ := m.Load("n"); m.Store("n", v.(int)+1) })
	v, _ := m.Load("n")
	must(v == 2)
}

// TwoFlags sets two flags, one after the other.
//
// want: panic
func TwoFlags() {
	var begun, ended atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() { ended.Store(true); begun.Store(true) })
	wg.Go(func() { must(!ended.Load() || begun.Load()) })
	wg.Wait()
}

// UpgradedLock looks under RLock and writes under Lock without another look.
//
// want: panic
func UpgradedLock() {
	var rw sync.RWMutex
	free := 1
	times(2, func() {
		rw.RLock()
		ok := free > 0
		rw.RUnlock()
		if ok {
			rw.Lock()
			free--
			rw.Unlock()
		}
	})
	must(free == 0)
}

// Slots takes the index and the place in two steps.
//
// want: panic
func Slots() {
	var next, used atomic.Int32
	times(2, func() {
		if i := next.Load(); i == 0 {
			next.Add(1)
			used.Add(1)
		}
	})
	must(used.Load() == 1)
}

// SpinLock looks and takes in two steps.
//
// want: panic
func SpinLock() {
	var locked atomic.Bool
	var inside atomic.Int32
	times(2, func() {
		for locked.Load() {
		}
		locked.Store(true)
		must(inside.Add(1) == 1)
		inside.Add(-1)
		locked.Store(false)
	})
}

// IDs are read after they were drawn.
//
// want: panic
func IDs() {
	var last atomic.Int64
	var mu sync.Mutex
	seen := map[int64]bool{}
	times(2, func() {
		last.Add(1)
		id := last.Load()
		mu.Lock()
		defer mu.Unlock()
		must(!seen[id])
		seen[id] = true
	})
}

// Stack is a lock-free one that forgets to compare.
//
// want: panic
func Stack() {
	type node struct{ next *node }
	var top atomic.Pointer[node]
	times(3, func() {
		n := &node{next: top.Load()}
		top.Store(n)
	})
	n := 0
	for at := top.Load(); at != nil; at = at.next {
		n++
	}
	must(n == 3)
}

// Reordered takes begin and end of what runs at once for one after the other.
//
// want: panic
func Reordered() {
	var mu sync.Mutex
	var log []string
	say := func(s string) { mu.Lock(); log = append(log, s); mu.Unlock() }
	times(2, func() { say("begin"); say("end") })
	for i, s := range log {
		must((i%2 == 0) == (s == "begin"))
	}
}

// Jitter naps at random, and believes that it is not the last.
//
// want: panic
func Jitter() {
	var last atomic.Int32
	var next atomic.Int32
	times(3, func() {
		id := next.Add(1)
		time.Sleep(rand.N(time.Minute) + time.Duration(old.Intn(10)))
		last.Store(id)
	})
	must(last.Load() != 2)
}

// Latest stores the answer that came last, not that of the last question.
//
// want: panic
func Latest() {
	var asked, shown atomic.Int32
	ask := func() {
		q := asked.Add(1)
		time.Sleep(time.Second)
		shown.Store(q)
	}
	times(2, ask)
	must(shown.Load() == asked.Load())
}

// Timeout counts a request as lost that has just come.
//
// want: panic
func Timeout() {
	var done, lost atomic.Bool
	timer := time.AfterFunc(time.Second, func() {
		if !done.Load() {
			lost.Store(true)
		}
	})
	time.Sleep(time.Second)
	done.Store(true)
	timer.Stop()
	time.Sleep(time.Hour)
	must(!done.Load() || !lost.Load())
}

// Drained takes an empty moment for the end.
//
// want: panic
func Drained() {
	var pending atomic.Int32
	var done atomic.Int32
	for range 2 {
		go func() { pending.Add(1); done.Add(1); pending.Add(-1) }()
	}
	for pending.Load() > 0 {
		time.Sleep(time.Millisecond)
	}
	must(done.Load() == 2)
}
