// Package locks has mistakes with locks and conditions that make programs stand
// still or break off.
package locks

import (
	"errors"
	"sync"
)

// LockOrder takes two locks in two orders.
//
// want: deadlock
func LockOrder() {
	var a, b sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() { a.Lock(); b.Lock(); b.Unlock(); a.Unlock() })
	wg.Go(func() { b.Lock(); a.Lock(); a.Unlock(); b.Unlock() })
	wg.Wait()
}

type philosopher struct{ left, right *sync.Mutex }

func (p philosopher) eat() {
	p.left.Lock()
	defer p.left.Unlock()
	p.right.Lock()
	defer p.right.Unlock()
}

// Philosophers all take the left fork first.
//
// want: deadlock
func Philosophers() {
	forks := make([]sync.Mutex, 3)
	var wg sync.WaitGroup
	for i := range forks {
		wg.Go(philosopher{&forks[i], &forks[(i+1)%len(forks)]}.eat)
	}
	wg.Wait()
}

type account struct {
	mu      sync.Mutex
	balance int
}

func transfer(from, to *account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

// Transfers go both ways at once.
//
// want: deadlock
func Transfers() {
	var a, b account
	var wg sync.WaitGroup
	wg.Go(func() { transfer(&a, &b, 1) })
	wg.Go(func() { transfer(&b, &a, 1) })
	wg.Wait()
}

// LockTwice calls a method that locks from one that has.
//
// want: deadlock
func LockTwice() {
	var s store
	s.set("a", 1)
	s.setDefault("b")
}

type store struct {
	mu sync.Mutex
	m  map[string]int
}

func (s *store) set(k string, v int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = map[string]int{}
	}
	s.m[k] = v
}

func (s *store) setDefault(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.m[k]; !ok {
		s.set(k, 0)
	}
}

// ReadTwice locks for reading within a lock for reading, while a writer waits.
//
// want: deadlock
func ReadTwice() {
	var rw sync.RWMutex
	var wg sync.WaitGroup
	wg.Go(func() { rw.RLock(); rw.RLock(); rw.RUnlock(); rw.RUnlock() })
	wg.Go(func() { rw.Lock(); rw.Unlock() })
	wg.Wait()
}

// Upgrade locks for writing what it has locked for reading.
//
// want: deadlock
func Upgrade() {
	var rw sync.RWMutex
	cache := map[int]int{}
	rw.RLock()
	if _, ok := cache[1]; !ok {
		rw.Lock()
		cache[1] = 1
		rw.Unlock()
	}
	rw.RUnlock()
}

// ForgottenUnlock returns early with the lock.
//
// want: deadlock
func ForgottenUnlock() {
	var mu sync.Mutex
	check := func(n int) error {
		mu.Lock()
		if n == 1 {
			return errors.New("odd")
		}
		mu.Unlock()
		return nil
	}
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { _ = check(i) })
	}
	wg.Wait()
}

// PanicWithLock recovers from a panic and keeps the lock.
//
// want: deadlock
func PanicWithLock() {
	var mu sync.Mutex
	work := func(m map[int]int) {
		defer func() { _ = recover() }()
		mu.Lock()
		m[1] = 1
		mu.Unlock()
	}
	work(nil)
	work(map[int]int{})
}

// SendWithLock sends under a lock that the receiver needs.
//
// want: deadlock
func SendWithLock() {
	var mu sync.Mutex
	ch := make(chan int)
	go func() { mu.Lock(); ch <- 1; mu.Unlock() }()
	mu.Lock()
	n := 0
	mu.Unlock()
	n += <-ch
	mu.Lock()
	ch2 := make(chan int)
	go func() { mu.Lock(); defer mu.Unlock(); ch2 <- n }()
	<-ch2
	mu.Unlock()
}

// WaitWithLock waits for goroutines that need the lock.
//
// want: deadlock
func WaitWithLock() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	n := 0
	mu.Lock()
	defer mu.Unlock()
	wg.Go(func() { mu.Lock(); n++; mu.Unlock() })
	wg.Wait()
}

// CopiedLock locks a copy.
//
// want: race
func CopiedLock() {
	n := 0
	var mu sync.Mutex
	add := func(mu sync.Mutex) { mu.Lock(); n++; mu.Unlock() }
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { add(mu) })
	}
	wg.Wait()
}

// CopiedWhileLocked copies a lock that is held: nobody unlocks the copy.
//
// want: deadlock
func CopiedWhileLocked() {
	type counter struct {
		sync.Mutex
		n int
	}
	var a counter
	a.Lock()
	b := a
	a.Unlock()
	b.Lock()
	b.n++
}

// UnlockTwice unlocks on two ways.
//
// want: panic
func UnlockTwice() {
	var mu sync.Mutex
	mu.Lock()
	defer mu.Unlock()
	mu.Unlock()
}

// UnlockUnlockedCaught shows that no recover helps then.
//
// want: panic
func UnlockUnlockedCaught() {
	defer func() { _ = recover() }()
	var rw sync.RWMutex
	rw.RLock()
	rw.Unlock()
}

// ReadUnlockOfWrite ends a lock for writing as one for reading.
//
// want: panic
func ReadUnlockOfWrite() {
	var rw sync.RWMutex
	rw.Lock()
	rw.RUnlock()
}

// MissedSignal signals before anybody waits.
//
// want: deadlock
func MissedSignal() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	go c.Signal()
	mu.Lock()
	c.Wait()
	mu.Unlock()
}

// UnheldFlag sets the flag of a condition without the lock.
//
// want: race
func UnheldFlag() {
	c := sync.NewCond(new(sync.Mutex))
	ready := false
	go func() { ready = true; c.Signal() }()
	c.L.Lock()
	for !ready {
		c.Wait()
	}
	c.L.Unlock()
}

// SignalForMany wakes one of two.
//
// want: deadlock
func SignalForMany() {
	c := sync.NewCond(new(sync.Mutex))
	open := false
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			c.L.Lock()
			for !open {
				c.Wait()
			}
			c.L.Unlock()
		})
	}
	c.L.Lock()
	open = true
	c.L.Unlock()
	c.Signal()
	wg.Wait()
}

// queue is one that takes without looking again.
type queue struct {
	c     *sync.Cond
	items []int
}

func (q *queue) put(x int) {
	q.c.L.Lock()
	q.items = append(q.items, x)
	q.c.L.Unlock()
	q.c.Broadcast()
}

func (q *queue) take() int {
	q.c.L.Lock()
	defer q.c.L.Unlock()
	if len(q.items) == 0 {
		q.c.Wait()
	}
	x := q.items[0]
	q.items = q.items[1:]
	return x
}

// IfForWait asks once, not in a loop, whether there is something.
//
// want: panic
func IfForWait() {
	q := &queue{c: sync.NewCond(new(sync.Mutex))}
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { q.take() })
	}
	wg.Go(func() { q.put(1); q.put(2) })
	wg.Wait()
}

// WaitUnlocked waits without the lock.
//
// want: panic
func WaitUnlocked() { sync.NewCond(new(sync.Mutex)).Wait() }

// CopiedCond uses a copy of a condition.
//
// want: panic
func CopiedCond() {
	c := sync.NewCond(new(sync.Mutex))
	c.Signal()
	d := *c
	d.Broadcast()
}

// TwoConditions share one Cond, and Signal wakes whom it does not concern.
//
// want: deadlock
func TwoConditions() {
	c := sync.NewCond(new(sync.Mutex))
	n := 0
	var wg sync.WaitGroup
	for want := range 3 {
		wg.Go(func() {
			c.L.Lock()
			for n != want {
				c.Wait()
			}
			n++
			c.Signal()
			c.L.Unlock()
		})
	}
	wg.Wait()
}

// StarvedReader keeps a lock while it waits for a reader.
//
// want: deadlock
func StarvedReader() {
	var rw sync.RWMutex
	seen := make(chan bool)
	go func() { rw.RLock(); rw.RUnlock(); seen <- true }()
	rw.Lock()
	<-seen
	rw.Unlock()
}

// ThroughCallback calls a function under a lock that it needs itself.
//
// want: deadlock
func ThroughCallback() {
	var b bus
	b.subscribe(func() { b.subscribe(func() {}) })
	b.publish()
}

type bus struct {
	mu sync.RWMutex
	fs []func()
}

func (b *bus) subscribe(f func()) { b.mu.Lock(); defer b.mu.Unlock(); b.fs = append(b.fs, f) }

func (b *bus) publish() {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for _, f := range b.fs {
		f()
	}
}
