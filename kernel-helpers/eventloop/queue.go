package eventloop

import (
	"errors"
	"fmt"
)

// ErrClosed is the error of a queue that has been closed.
var ErrClosed = errors.New("eventloop: the queue is closed")

// Queue hands values from task to task, first in, first out, asyncio's Queue.
// [NewQueue] makes it; its zero value is of no use.
type Queue[T any] struct {
	primitive
	room     int // below one: any number
	items    fifo[T]
	isClosed bool
	getters  line
	putters  line
}

// NewQueue returns a queue that holds up to n values; with n below one, any number.
// Charts and messages call it by its name; without one, "", by the variable on the
// line that calls NewQueue.
func NewQueue[T any](loop *Loop, name string, n int) *Queue[T] {
	q := &Queue[T]{primitive: newPrimitive(loop, "queue", name), room: n}
	q.getters.what = func() string { return "a value in " + q.title() }
	q.putters.what = func() string { return fmt.Sprintf("room in %s, which holds %d", q.title(), n) }
	return q
}

// Put adds v, waiting while the queue is full. The error tells that the calling
// task was cancelled, or is [ErrClosed]; v then is not in the queue.
func (q *Queue[T]) Put(v T) error {
	t, err := q.loop.waiter("Put")
	for err == nil && !q.isClosed && q.isFull() {
		err = q.putters.wait(t)
	}
	switch {
	case err != nil:
		return err
	case q.isClosed:
		return ErrClosed
	}
	q.add(v)
	return nil
}

// TryPut adds v if the queue has room and is not closed, and reports whether it did.
func (q *Queue[T]) TryPut(v T) bool {
	q.loop.check("TryPut")
	if q.isClosed || q.isFull() {
		return false
	}
	q.add(v)
	return true
}

// Get takes the first value, waiting while the queue is empty. The error tells that
// the calling task was cancelled, or, when a closed queue is empty, is [ErrClosed].
func (q *Queue[T]) Get() (v T, err error) {
	t, err := q.loop.waiter("Get")
	for err == nil && !q.isClosed && q.items.len() == 0 {
		err = q.getters.wait(t)
	}
	if err != nil {
		return v, err
	}
	v, ok := q.take()
	if !ok {
		return v, ErrClosed
	}
	return v, nil
}

// TryGet takes the first value if there is one, and reports whether there was.
func (q *Queue[T]) TryGet() (v T, ok bool) {
	q.loop.check("TryGet")
	return q.take()
}

// Len returns how many values the queue holds.
func (q *Queue[T]) Len() int {
	q.loop.check("Len")
	return q.items.len()
}

// Close says that no more values come: Put fails from now on, and Get when the
// queue is empty. Closing twice is fine.
func (q *Queue[T]) Close() {
	q.loop.check("Close")
	q.isClosed = true
	q.getters.wakeAll()
	q.putters.wakeAll()
}

// Waiting returns the names of the tasks that wait, to get or to put a value, in their
// order.
func (q *Queue[T]) Waiting() []string {
	q.loop.check("Waiting")
	return q.waiting()
}

// waiting: nobody waits to get where there is something, nor to put where there is room.
func (q *Queue[T]) waiting() []string { return append(q.getters.names(), q.putters.names()...) }

// String tells how many values the queue holds and who waits: "Queue orders: 1 value,
// full; A waits".
func (q *Queue[T]) String() string {
	state := count(q.items.len(), "value")
	switch {
	case q.isClosed:
		state += ", closed"
	case q.isFull():
		state += ", full"
	}
	return q.describe("Queue", state, q.waiting())
}

func (q *Queue[T]) isFull() bool { return q.room > 0 && q.items.len() >= q.room }

func (q *Queue[T]) add(v T) {
	q.items.push(v)
	q.getters.wakeFirst()
}

func (q *Queue[T]) take() (v T, ok bool) {
	if v, ok = q.items.pop(); ok {
		q.putters.wakeFirst()
	}
	return v, ok
}
