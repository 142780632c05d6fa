package pools

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// each calls call for every i below n, on as many workers as there are. It
// reports whether all have been called before ctx was done.
func (c *crew) each(ctx context.Context, n int, call func(t tool, i int) error) (finished bool, err error) {
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	m := &mapping{ctx: ctx, crew: c, n: n, call: call, done: make(chan struct{})}
	for range max(1, min(c.size, n)) {
		if err := c.give(m.run); err != nil {
			return false, err
		}
	}
	if n == 0 {
		return true, nil
	}
	select {
	case <-m.done:
		return true, m.failure()
	case <-ctx.Done():
		return false, context.Cause(ctx)
	}
}

// mapping is one call of Map. Workers take one item after another.
type mapping struct {
	ctx      context.Context
	crew     *crew
	n        int
	call     func(t tool, i int) error
	next     atomic.Int64  // the first item that nobody has taken
	finished atomic.Int64  // items
	done     chan struct{} // closed when all are

	mu     sync.Mutex // protects what follows
	failed int        // how many items have
	first  int        // the first of them
	err    error      // its error
}

// run is the task of one worker.
func (m *mapping) run(t tool) {
	for m.ctx.Err() == nil {
		i := int(m.next.Add(1)) - 1
		if i >= m.n {
			return
		}
		m.runItem(t, i)
	}
}

func (m *mapping) runItem(t tool, i int) {
	err, returned := errGoexit, false
	defer func() {
		if err != nil {
			m.fail(i, err)
		}
		if !returned {
			m.crew.giveBack(m.run) // this goroutine ends here
		}
		if int(m.finished.Add(1)) == m.n {
			close(m.done)
		}
	}()
	err = m.call(t, i)
	returned = true
}

func (m *mapping) fail(i int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.failed == 0 || i < m.first {
		m.first, m.err = i, err
	}
	m.failed++
}

func (m *mapping) failure() error {
	switch m.failed {
	case 0:
		return nil
	case 1:
		return fmt.Errorf("item %d: %w", m.first, m.err)
	}
	return fmt.Errorf("%d of %d items failed, first item %d: %w", m.failed, m.n, m.first, m.err)
}
