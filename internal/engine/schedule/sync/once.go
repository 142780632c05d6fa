package sync

import (
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Once is sync.Once.
type Once struct {
	queue   queue
	running bool
	done    bool
}

// Do calls f if it is the first call of Do, and else returns when that call of f
// has.
//
//go:norace
func (o *Once) Do(f func()) {
	schedule.Point(0)
	o.queue.lock()
	if !o.done && !o.running {
		o.running = true
		o.queue.unlock()
		defer o.finish()
		f()
		return
	}
	for !o.done {
		o.queue.wait()
		o.queue.lock()
	}
	o.queue.unlock()
	schedule.Acquire(unsafe.Pointer(o))
}

// finish is called however f ends: a panic counts as done.
//
//go:norace
func (o *Once) finish() {
	schedule.Release(unsafe.Pointer(o))
	o.queue.lock()
	o.done = true
	o.queue.wakeAll()
	o.queue.unlock()
}

// OnceFunc returns a function that calls f once. If f panics, each call does.
func OnceFunc(f func()) func() {
	once := OnceValue(func() struct{} { f(); return struct{}{} })
	return func() { once() }
}

// OnceValue returns a function that calls f once and returns its value each time.
func OnceValue[T any](f func() T) func() T {
	once := OnceValues(func() (T, struct{}) { return f(), struct{}{} })
	return func() T { v, _ := once(); return v }
}

// OnceValues returns a function that calls f once and returns its values each time.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	var (
		once   Once
		valid  bool
		reason any
		v1     T1
		v2     T2
	)
	call := func() {
		defer func() {
			if !valid {
				reason = recover()
				panic(reason)
			}
		}()
		v1, v2 = f()
		valid = true
	}
	return func() (T1, T2) {
		once.Do(call)
		if !valid {
			panic(reason)
		}
		return v1, v2
	}
}
