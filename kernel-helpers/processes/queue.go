package processes

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrClosed is returned by Put on a closed queue, and by Get on one that is
// closed and empty.
var ErrClosed = errors.New("processes: the queue is closed")

// Queue is a first-in, first-out queue of values that several processes share. It is
// made by [NewQueue], and is an ordinary argument of a process, also inside a
// struct, a slice or a map. Any number of goroutines in any number of processes may
// put and get.
//
// A process that ends, however it ends, does not disturb the others: if it is
// killed in the middle of Put or Get, the value that it had in hand is lost, and
// nothing else. When no other process has the queue any more, a Get that nobody
// can answer is a deadlock like that of a channel, and reported like one.
//
// Values are copied into memory that the processes share, and out of it. Bytes,
// strings, numbers and structs of numbers travel as they are, all else by
// encoding/gob, which takes a few times longer. Who finds nothing to get looks again
// and again for some 10 µs where that has paid, then sleeps.
type Queue[T any] struct {
	object  *object
	bound   int
	payload *lazyPayload
}

// NewQueue returns a queue that holds up to n values, 1 to 65,536. It may be called
// anywhere, also at package level; it takes nothing from the system until it is
// used. A mistake (another n, a type that gob cannot carry) is the error of Put, Get
// and Close.
func NewQueue[T any](n int) *Queue[T] {
	return &Queue[T]{object: declared("queue", ""), bound: n, payload: payloadOf[T]()}
}

// Named gives the queue a name, of which recordings show the first 63 bytes, and
// returns the queue. Call it before the queue is used: other processes do not hear
// of a name that comes later.
func (q *Queue[T]) Named(name string) *Queue[T] {
	q.object.rename(name)
	return q
}

// Name returns the queue's name, "" if it has none.
func (q *Queue[T]) Name() string { return q.object.called() }

// Put appends v, of which only exported fields travel. While the queue is full it
// waits, until ctx is done, and then returns context.Cause(ctx). On a closed queue
// the error is [ErrClosed]. A value of 8 GiB or more, one that gob cannot encode and
// one for which there is no memory are errors, too; in all of these cases nothing
// has been put.
func (q *Queue[T]) Put(ctx context.Context, v T) error {
	s, err := q.open()
	if err != nil {
		return err
	}
	p := q.payload.get()
	data, done, err := encode(p, &v)
	if err != nil {
		return p.refused("put into a queue", err)
	}
	defer done()
	return ring{s}.put(ctx, data, &q.object.lane)
}

// Get removes the first value and returns it, for the caller to keep. While the
// queue is empty it waits, until ctx is done, and then returns context.Cause(ctx), or
// until the queue is closed, and then returns [ErrClosed]. A value that cannot be
// read is an error, and lost.
func (q *Queue[T]) Get(ctx context.Context) (v T, err error) {
	s, err := q.open()
	if err != nil {
		return v, err
	}
	var small [inSlot]byte
	data, err := ring{s}.get(ctx, &small, &q.object.lane)
	if err != nil {
		return v, err
	}
	if err := decode(q.payload.get(), data, len(data) <= inSlot, &v); err != nil {
		return v, unreadable(err)
	}
	return v, nil
}

// Close closes the queue for every process. Values that are in it can still be got.
// Close is called when nobody puts any more: a Put at the same time may succeed
// although nobody gets its value. Closing twice does nothing, and the error is that
// of a queue that could not be made.
func (q *Queue[T]) Close() error {
	s, err := q.open()
	if err == nil {
		ring{s}.close()
	}
	return err
}

func unreadable(err error) error {
	return fmt.Errorf("processes: a value of the queue cannot be read: %w", err)
}

// GobEncode lets a queue be part of a process's argument. Anywhere else it is an
// error: an encoding of one's own cannot carry what processes share.
func (q *Queue[T]) GobEncode() ([]byte, error) {
	s, err := q.open()
	if err != nil {
		return nil, err
	}
	return travel(s, "queue")
}

// GobDecode is the other side of GobEncode, for the child alone.
func (q *Queue[T]) GobDecode(text []byte) (err error) {
	q.payload = payloadOf[T]()
	q.object, err = arrived(text, "queue", ringOf)
	return err
}

func (q *Queue[T]) isShared() {}

// open asks the system for what the queue needs, once.
func (q *Queue[T]) open() (*segment, error) {
	return q.object.open(func() (*segment, error) {
		return openRing(q.payload.get(), q.object.name, q.bound, "a queue", "NewQueue")
	})
}

// openRing makes a ring for values with this payload: a noun that maker returns.
func openRing(p *payload, name string, bound int, noun, maker string) (*segment, error) {
	switch {
	case p.err != nil:
		return nil, fmt.Errorf("processes: %s cannot travel through %s: %w", p.of, noun, p.err)
	case bound < 1:
		return nil, fmt.Errorf("processes: %s(%d): %s holds at least one value", maker, bound, noun)
	case bound > maxBound:
		return nil, fmt.Errorf("processes: %s(%d): %s holds at most %d values", maker, bound, noun, maxBound)
	}
	s, err := newRing(name, bound)
	if err != nil {
		return nil, fmt.Errorf("processes: %s could not be made: %w", noun, err)
	}
	return s, nil
}

// lazyPayload is the payload of a type, examined when it is first needed: what a
// cell declares is declared again in every other.
type lazyPayload struct {
	once    sync.Once
	payload *payload

	pointer any // what newPayload is called with
	zero    func() any
}

func payloadOf[T any]() *lazyPayload {
	return &lazyPayload{pointer: (*T)(nil), zero: func() any { return new(envelope[T]) }}
}

func (l *lazyPayload) get() *payload {
	l.once.Do(func() { l.payload = newPayload(l.pointer, l.zero) })
	return l.payload
}
