package pools

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
)

// each calls call for every i below n, on as many workers as there are. It
// reports whether all have been called before ctx was done. If stream is not nil
// it is used in place of call: it takes items as long as there are some, and tells
// what became of each.
func (c *crew) each(ctx context.Context, n int, call func(t tool, i int) error, stream streamer) (finished bool, err error) {
	if ctx.Err() != nil {
		return false, context.Cause(ctx)
	}
	m := &mapping{ctx: ctx, crew: c, n: n, call: call, stream: stream, done: make(chan struct{})}
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

// streamer works on items on one worker, several under way at once: take has ahead
// true if others are, and told ends one.
type streamer func(t tool, take func(ahead bool) (i int, ok bool), told func(i int, err error))

// mapping is one call of Map. Workers take one item after another.
type mapping struct {
	ctx      context.Context
	crew     *crew
	n        int
	call     func(t tool, i int) error
	stream   streamer
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
	if m.stream != nil {
		m.stream(t, m.take, m.told)
		return
	}
	for {
		i, ok := m.take(false)
		if !ok {
			return
		}
		m.runItem(t, i)
	}
}

// take returns the next item. What is taken ahead may wait for a long one while
// other workers are idle, so towards the end nothing is.
func (m *mapping) take(ahead bool) (i int, ok bool) {
	if m.ctx.Err() != nil || ahead && m.n-int(m.next.Load()) < 8*m.crew.size {
		return 0, false
	}
	i = int(m.next.Add(1)) - 1
	return i, i < m.n
}

// told notes that an item is done.
func (m *mapping) told(i int, err error) {
	if err != nil {
		m.fail(i, err)
	}
	if int(m.finished.Add(1)) == m.n {
		close(m.done)
	}
}

func (m *mapping) runItem(t tool, i int) {
	err, returned := errGoexit, false
	defer func() {
		if !returned {
			m.crew.giveBack(m.run) // this goroutine ends here
		}
		m.told(i, err)
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
