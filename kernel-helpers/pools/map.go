package pools

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// Map calls the function with every item and returns the results in the order of
// the items. A failing item does not keep the others from being tried; its result
// is the zero value, and the error is that of the first item that failed. When
// ctx is done Map returns at once, without results and with the context's error;
// items that have not begun then do not begin.
func (p *Pool[A, R]) Map(ctx context.Context, items []A) ([]R, error) {
	if err := ctx.Err(); err != nil {
		return nil, context.Cause(ctx)
	}
	m := &mapping[A, R]{
		ctx: ctx, items: items,
		results:  make([]R, len(items)),
		done:     make(chan struct{}),
		giveBack: p.giveBack,
	}
	for range min(max(p.size, 1), len(items)) {
		if err := p.give(m.run); err != nil {
			return nil, err
		}
	}
	if len(items) == 0 {
		return m.results, nil
	}
	select {
	case <-m.done:
		return m.results, m.failure()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// mapping is one call of Map. Workers take one item after another.
type mapping[A, R any] struct {
	ctx      context.Context
	items    []A
	results  []R
	giveBack func(task[A, R])
	next     atomic.Int64  // the first item that nobody has taken
	finished atomic.Int64  // items
	done     chan struct{} // closed when all are

	mu     sync.Mutex // protects what follows
	failed int        // how many items have
	first  int        // the first of them
	err    error      // its error
}

// run is the task of one worker.
func (m *mapping[A, R]) run(w worker[A, R]) {
	for m.ctx.Err() == nil {
		i := int(m.next.Add(1)) - 1
		if i >= len(m.items) {
			return
		}
		m.runItem(w, i)
	}
}

func (m *mapping[A, R]) runItem(w worker[A, R], i int) {
	err, returned := errGoexit, false
	defer func() {
		if err != nil {
			m.fail(i, err)
		}
		if !returned {
			m.giveBack(m.run) // this goroutine ends here
		}
		if int(m.finished.Add(1)) == len(m.items) {
			close(m.done)
		}
	}()
	m.results[i], err = w.call(m.ctx, m.items[i])
	returned = true
}

func (m *mapping[A, R]) fail(i int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed == 0 || i < m.first {
		m.first, m.err = i, err
	}
	m.failed++
}

func (m *mapping[A, R]) failure() error {
	switch {
	case m.err == nil:
		return nil
	case m.failed == 1:
		return fmt.Errorf("item %d: %w", m.first, m.err)
	}
	return fmt.Errorf("%d of %d items failed, first item %d: %w", m.failed, len(m.items), m.first, m.err)
}
