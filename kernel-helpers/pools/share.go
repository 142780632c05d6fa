package pools

import (
	"sync/atomic"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
)

// share is a range of items that a worker has taken and not begun. The worker takes
// them from the front, one after another, which nobody else slows down; others,
// who have nothing left, take from the back.
//
// Its size is found by trying: a worker takes one item first, four times as many
// if they took no time, and again one if they did. So long tasks begin in their
// order, and short ones cost hardly more than the call. (Polychronopoulos and
// Kuck, Guided Self-Scheduling, 1987, has the sizes fall towards the end.)
type share struct {
	left  atomic.Uint64  // the end << 32 | the first
	size  int            // how many to take next
	since time.Duration  // when they were taken
	_     [64 - 3*8]byte // keeps neighbours off one cache line
}

const (
	soon = 10 * time.Microsecond  // a share that took no longer is too small
	late = 100 * time.Microsecond // one that took longer is too large
)

// take returns the first item of the share. Only its worker may call it.
func (s *share) take() (item int, ok bool) {
	left := s.left.Add(1)
	item = int(uint32(left)) - 1
	return item, item < int(left>>32)
}

// isSmall reports whether the items may be long, for all that is known.
func (s *share) isSmall() bool { return s.size < 64 }

func (s *share) set(first, end int) { s.left.Store(uint64(end)<<32 | uint64(first)) }

// steal takes the second half of another worker's share.
func (s *share) steal() (first, end int, ok bool) {
	for {
		left := s.left.Load()
		from, end := int(uint32(left)), int(left>>32)
		if from >= end {
			return 0, 0, false
		}
		middle := from + (end-from)/2
		if s.left.CompareAndSwap(left, uint64(middle)<<32|uint64(from)) {
			return middle, end, true
		}
	}
}

// shares divide n items among workers.
type shares struct {
	n     int
	start time.Time
	next  atomic.Int64 // the first item that is in no share
	all   []share
}

// fill gives an empty share more items and reports whether there were any.
func (d *shares) fill(s *share) bool {
	race.Hide() // items are in no order, even if one worker has looked for them after another
	defer race.Unhide()
	now := time.Since(d.start) // less than half as long as time.Now
	switch took := now - s.since; {
	case s.size == 0 || took > late:
		s.size = 1
	case took < soon:
		s.size *= 4
	}
	s.since = now
	s.size = max(1, min(s.size, (d.n-int(d.next.Load()))/len(d.all)))
	if end := int(d.next.Add(int64(s.size))); end-s.size < d.n {
		s.set(end-s.size, min(end, d.n))
		return true
	}
	for i := range d.all {
		if first, end, ok := d.all[i].steal(); ok {
			s.set(first, end)
			return true
		}
	}
	return false
}
