package processes

import (
	"context"
	"slices"
	"time"
)

// Stream is [Worker.Call] for many: it calls the function with every argument that
// next yields, until there is no more, and tells done each result, in the same order
// and in the calling goroutine.
//
// Calls that take less than about 0.1 ms are sent ahead of the results before them,
// so that the process need not wait for its next one. Then next is asked with ahead
// true, and false means "not now": it is asked again.
//
// If the process crashes in a call, that call fails, and another process is started
// for those that were sent after it. When ctx is done the process is killed, and
// what has no result yet fails.
func (w *Worker[A, R]) Stream(ctx context.Context, next func(ahead bool) (a A, ok bool), done func(R, error)) {
	w.w.stream(ctx, func(ahead bool) *sentCall {
		if a, ok := next(ahead); ok {
			return &sentCall{argument: &envelope[A]{a}, result: new(envelope[R])}
		}
		return nil
	}, func(c *sentCall) { done(c.result.(*envelope[R]).V, c.err) })
}

// sentCall is a call in a stream.
type sentCall struct {
	argument, result any // envelopes
	err              error
	unsent           bool // err says why
}

const (
	maxAhead = 8                      // calls that are sent ahead, at most
	short    = 100 * time.Microsecond // a call that is worth sending another one ahead
	long     = 500 * time.Microsecond // one that is not

	drainEvery = time.Millisecond
)

func (w *worker) stream(ctx context.Context, next func(ahead bool) *sentCall, done func(*sentCall)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	var sent []*sentCall // and not answered
	stop := func() {}
	defer func() {
		stop()
		if len(sent) > 0 { // next or done did not return, and nobody waits for these
			w.child.kill(errGoexit)
			<-w.child.ended
			w.abandon()
		}
	}()
	// The process that owes answers is not replaced, also when it has ended: the
	// first answer that does not come tells so, and what follows is sent again.
	start := func() error {
		if slices.ContainsFunc(sent, func(c *sentCall) bool { return !c.unsent }) {
			return nil
		}
		before := w.child
		err := w.start(ctx)
		if w.child != before {
			stop()
			stop = func() {}
			if w.child != nil {
				stop = w.killWhenDone(ctx)
			}
		}
		return err
	}
	send := func(c *sentCall) {
		if c.err = start(); c.err == nil {
			c.err = w.send(c.argument)
		}
		c.unsent = c.err != nil
		sent = append(sent, c)
	}
	ahead := 1 // how many may be under way
	last, drained := time.Now(), time.Now()
	for {
		for len(sent) < ahead {
			c := next(len(sent) > 0)
			if c == nil {
				break
			}
			send(c)
		}
		if len(sent) == 0 {
			break
		}
		c := sent[0]
		sent = sent[1:]
		if !c.unsent {
			c.err = w.child.answer(&w.results, w.entry.result(), c.result)
		}
		now := time.Now()
		if w.child != nil && now.Sub(drained) > drainEvery {
			w.drain()
			drained = now
		}
		switch took := now.Sub(last); {
		case took < short:
			ahead = min(2*ahead, maxAhead)
		case took > long:
			ahead = max(ahead/2, 1)
		}
		last = now
		done(c)
		if w.child != nil && w.child.silent { // it will not answer the others
			again := sent
			sent = nil
			for _, c := range again {
				send(c)
			}
		}
	}
	if w.child != nil {
		w.drain()
	}
}
