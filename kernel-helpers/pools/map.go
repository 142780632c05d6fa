package pools

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// mapping is one call of Map.
type mapping[A, R any] struct {
	pool      *Pool[A, R]
	ctx       context.Context
	cancelled <-chan struct{} // the context's
	items     []A
	results   []R // nil if nobody wants them
	shares    shares
	order     race.Order    // of items and the return of Map
	left      atomic.Int64  // items that are not finished
	ended     atomic.Bool   // nothing more may begin
	done      chan struct{} // closed when no item is left, or when it was stopped

	mu      sync.Mutex // protects what follows
	failed  []*ItemError
	stopped error // why it goes no further
}

// mapper is what one worker does for a mapping.
type mapper[A, R any] struct {
	*mapping[A, R]
	share *share
}

// each calls the function with every item.
func (p *Pool[A, R]) each(ctx context.Context, items []A, results []R) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	n := len(items)
	workers := max(1, min(p.crew.size, n))
	m := &mapping[A, R]{pool: p, ctx: ctx, cancelled: ctx.Done(), items: items, results: results, done: make(chan struct{})}
	m.shares = shares{n: n, start: time.Now(), all: make([]share, workers)}
	m.left.Store(int64(n))
	if n == 0 {
		close(m.done)
	}
	p.crew.begin(m)
	defer p.crew.end(m)
	for i := range workers {
		if err := p.crew.give(&mapper[A, R]{m, &m.shares.all[i]}); err != nil {
			if i == 0 {
				return err
			}
			break // closed meanwhile; those that have been given do it all
		}
	}
	select {
	case <-m.done:
		m.order.Acquire()
		return m.failure()
	case <-ctx.Done():
		m.ended.Store(true)
		return context.Cause(ctx)
	}
}

// stop ends the mapping.
func (m *mapping[A, R]) stop(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.stopped == nil && !m.ended.Swap(true) {
		m.stopped = err
		close(m.done)
	}
}

// isCancelled reports whether ctx is done, which takes as long as a short item:
// for those it is enough that ended is set soon afterwards.
func (m *mapping[A, R]) isCancelled() bool {
	select {
	case <-m.cancelled:
		return true
	default:
		return false
	}
}

// finish notes that n items are finished.
func (m *mapping[A, R]) finish(n int) {
	if n == 0 {
		return
	}
	m.order.Release()
	race.Hide() // what comes next is in no order with what others have finished
	left := m.left.Add(int64(-n))
	race.Unhide()
	if left == 0 && !m.ended.Swap(true) {
		close(m.done)
	}
}

func (m *mapping[A, R]) fail(i int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failed = append(m.failed, &ItemError{i, err})
}

func (m *mapper[A, R]) run(w *member) {
	if w.tool != nil {
		m.streamItems(w)
		return
	}
	for m.some() {
	}
}

// some calls the function until there is no item left, or until it panics: then
// it reports true. So the price of a recovery is not paid for each item.
func (m *mapper[A, R]) some() (panicked bool) {
	fn, items, results, share := m.pool.fn, m.items, m.results, m.share
	item, calling, finished := 0, false, 0
	defer func() {
		if !calling {
			return
		}
		err := errGoexit
		if v := recover(); v != nil {
			panicked, err = true, newPanicError(v)
		}
		m.fail(item, err)
		m.finish(finished + 1)
	}()
	for {
		isSmall := share.isSmall()
		for !m.ended.Load() && !(isSmall && m.isCancelled()) {
			next, ok := share.take()
			if !ok {
				break
			}
			item, calling = next, true
			result, err := fn(items[next])
			calling = false
			if err != nil {
				m.fail(next, err)
			} else if results != nil {
				results[next] = result
			}
			finished++
		}
		m.finish(finished)
		finished = 0
		if m.ended.Load() || m.isCancelled() || !m.shares.fill(share) {
			return false
		}
	}
}

// streamItems has the worker's process called with item after item, several under
// way at once.
func (m *mapper[A, R]) streamItems(w *member) {
	var taken []int // and not told
	w.tool.(*processes.Worker[A, R]).Stream(m.ctx, func(ahead bool) (a A, ok bool) {
		i, ok := m.one(ahead)
		if !ok {
			return a, false
		}
		taken = append(taken, i)
		return m.items[i], true
	}, func(r R, err error) {
		i := taken[0]
		taken = taken[1:]
		if err != nil {
			m.fail(i, err)
		} else if m.results != nil {
			m.results[i] = r
		}
		m.finish(1)
	})
}

// one returns the next item. What is taken ahead may wait for a long one while
// other workers are idle, so towards the end nothing is.
func (m *mapper[A, R]) one(ahead bool) (i int, ok bool) {
	if m.ended.Load() || m.isCancelled() || ahead && m.shares.n-int(m.shares.next.Load()) < 8*len(m.shares.all) {
		return 0, false
	}
	i = int(m.shares.next.Add(1)) - 1
	return i, i < m.shares.n
}
