package processes

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"sync"
)

// ErrClosed is returned by Put on a closed queue, and by Get on one that is
// closed and empty.
var ErrClosed = errors.New("processes: the queue is closed")

// Queue is a first-in, first-out queue of values that several processes share.
// It is an ordinary argument of a process, also inside a struct, a slice or a
// map. Any number of goroutines in any number of processes may put and get.
//
// A process that ends, however it ends, does not disturb the others. If it is
// killed in the middle of Put or Get, the value that it had in hand is lost and
// until the queue has run empty once it may hold up to two values more than its
// bound. When no other process has the queue any more, a Get that nobody can
// answer is a deadlock like that of a channel, and reported like one.
type Queue[T any] struct{ q queue }

// NewQueue returns a queue that holds up to n values. It may be called anywhere,
// also at package level; it takes nothing from the system until it is used. A
// mistake (n below one, a type that gob cannot carry) is the error of Put and Get.
func NewQueue[T any](n int) *Queue[T] {
	q := new(Queue[T])
	q.q.declare(n)
	return q
}

// Put appends v. While the queue is full it waits, until ctx is done. The value
// travels by encoding/gob: exported fields only.
func (q *Queue[T]) Put(ctx context.Context, v T) error {
	return q.q.put(ctx, reflect.TypeFor[T](), &envelope[T]{v})
}

// Get removes the first value. While the queue is empty it waits, until ctx is
// done or the queue is closed.
func (q *Queue[T]) Get(ctx context.Context) (T, error) {
	var v envelope[T]
	err := q.q.get(ctx, reflect.TypeFor[T](), &v)
	return v.V, err
}

// Close closes the queue for every process. Values that are in it can still be
// got. Close is called when nobody puts any more: a Put at the same time may
// succeed although nobody gets its value. Closing twice does nothing.
func (q *Queue[T]) Close() error { return q.q.close(reflect.TypeFor[T]()) }

func (q *Queue[T]) isQueue() {}

// GobEncode lets a queue be part of a process's argument.
func (q *Queue[T]) GobEncode() ([]byte, error) { return q.q.travel(reflect.TypeFor[T]()) }

// GobDecode is the other side of GobEncode.
func (q *Queue[T]) GobDecode(text []byte) error { return q.q.arrive(text) }

// queue is a Queue without its type.
type queue struct {
	mu    sync.Mutex // protects what follows
	bound int
	pipes *pipes
	err   error // why it cannot be used
}

func (q *queue) declare(bound int) {
	q.bound = bound
	if inChild && !dispatched {
		q.err = errors.New("processes: this queue is a package variable, so each process has one of its own: pass the queue to the process as an argument")
	}
}

func (q *queue) put(ctx context.Context, t reflect.Type, envelope any) error {
	p, err := q.open(t)
	if err != nil {
		return err
	}
	m, err := new(encoder).encode(carriedType(t), envelope)
	if err == nil && len(m.files) > 0 {
		err = errors.New("a queue travels as an argument only")
	}
	if err != nil {
		return fmt.Errorf("processes: %s cannot be put into a queue: %w", t, err)
	}
	return p.put(ctx, m.body)
}

func (q *queue) get(ctx context.Context, t reflect.Type, envelope any) error {
	p, err := q.open(t)
	if err != nil {
		return err
	}
	body, err := p.get(ctx)
	if err != nil {
		return err
	}
	if err := new(decoder).decode(carriedType(t), message{fresh: true, body: body}, envelope); err != nil {
		return fmt.Errorf("processes: a value of the queue cannot be read: %w", err)
	}
	return nil
}

func (q *queue) close(t reflect.Type) error {
	p, err := q.open(t)
	if err != nil {
		return err
	}
	return p.close()
}

// open asks the system for what a queue of t needs, once.
func (q *queue) open(t reflect.Type) (*pipes, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.pipes != nil || q.err != nil {
		return q.pipes, q.err
	}
	switch err := carriedType(t).err; {
	case err != nil:
		q.err = fmt.Errorf("processes: %s cannot travel through a queue: %w", t, err)
	case q.bound < 1:
		q.err = fmt.Errorf("processes: NewQueue(%d): a queue holds at least one value", q.bound)
	case q.bound > maxBound:
		q.err = fmt.Errorf("processes: NewQueue(%d): a queue holds at most %d values", q.bound, maxBound)
	default:
		if q.pipes, q.err = newPipes(q.bound); q.err != nil {
			q.err = fmt.Errorf("processes: the queue could not be made: %w", q.err)
		}
	}
	return q.pipes, q.err
}

// travel writes the queue as part of a value: its place among the files that
// come along, and what these do not tell.
func (q *queue) travel(t reflect.Type) ([]byte, error) {
	p, err := q.open(t)
	if err != nil {
		return nil, err
	}
	place, err := pass(p)
	if err != nil {
		return nil, err
	}
	text := binary.AppendUvarint(nil, uint64(place))
	text = binary.AppendUvarint(text, uint64(p.bound))
	return binary.AppendUvarint(text, p.id), nil
}

// arrive reads what travel wrote.
func (q *queue) arrive(text []byte) error {
	var numbers [3]uint64
	for i := range numbers {
		value, n := binary.Uvarint(text)
		if n <= 0 {
			return errors.New("processes: a queue is not readable")
		}
		numbers[i], text = value, text[n:]
	}
	files, err := passed(int(numbers[0]))
	if err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.bound = int(numbers[1])
	q.pipes, err = inheritPipes(numbers[2], q.bound, files)
	return err
}
