package eventloop

// fifo is a queue: first in, first out. It is a ring whose length is a power of
// two.
type fifo[T any] struct {
	ring  []T
	head  int // where the first item is
	count int
}

func (q *fifo[T]) len() int { return q.count }

func (q *fifo[T]) push(item T) {
	if q.count == len(q.ring) {
		longer := make([]T, max(16, 2*len(q.ring)))
		n := copy(longer, q.ring[q.head:])
		copy(longer[n:], q.ring[:q.head])
		q.ring, q.head = longer, 0
	}
	q.ring[(q.head+q.count)&(len(q.ring)-1)] = item
	q.count++
}

func (q *fifo[T]) pop() (item T, ok bool) {
	if q.count == 0 {
		return item, false
	}
	var none T
	item, q.ring[q.head] = q.ring[q.head], none
	q.head = (q.head + 1) & (len(q.ring) - 1)
	q.count--
	return item, true
}
