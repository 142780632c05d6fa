package sync

import (
	real "sync"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Pool is sync.Pool. Which of the values that were put there Get returns, if any, is
// the schedule's choice; outside of a run, Go's.
type Pool struct {
	// New returns a value where Get has none; nil: Get returns nil then.
	New func() any

	outside real.Pool

	queue  queue
	run    uint64 // whose values these are: none is handed on to the next run
	values *pooled
	n      int
}

type pooled struct {
	value any
	next  *pooled
}

// Put adds a value.
//
//go:norace
func (p *Pool) Put(x any) {
	if x == nil {
		return
	}
	schedule.Point(0)
	run := schedule.Run()
	if run == 0 {
		p.outside.Put(x)
		return
	}
	v := &pooled{value: x}
	schedule.Release(unsafe.Pointer(v))
	p.queue.lock()
	p.begin(run)
	v.next, p.values = p.values, v
	p.n++
	p.queue.unlock()
}

// Get takes a value out of the pool, or makes one.
//
//go:norace
func (p *Pool) Get() any {
	schedule.Point(0)
	run := schedule.Run()
	if run == 0 {
		if x := p.outside.Get(); x != nil {
			return x
		}
	} else if v := p.take(run); v != nil {
		schedule.Acquire(unsafe.Pointer(v))
		return v.value
	}
	if p.New == nil {
		return nil
	}
	return p.New()
}

// take takes one of the values, or, one time of a few, none though there are some.
//
//go:norace
func (p *Pool) take(run uint64) *pooled {
	p.queue.lock()
	defer p.queue.unlock()
	p.begin(run)
	if p.n == 0 {
		return nil
	}
	index := schedule.Pick(p.n + 1)
	if index == p.n {
		return nil
	}
	at := &p.values
	for range index {
		at = &(*at).next
	}
	v := *at
	*at = v.next
	p.n--
	return v
}

//go:norace
func (p *Pool) begin(run uint64) {
	if p.run != run {
		p.run, p.values, p.n = run, nil, 0
	}
}
