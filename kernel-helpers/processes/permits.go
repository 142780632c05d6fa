package processes

import (
	"context"
	"runtime"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// permits is a segment with some permits, each a word that names the process that
// has it. To take one and to give it back is one compare-and-swap, so it is always
// known what a process had when it was killed: it goes back at once, and the word
// for that says that it was left rather than given back.
type permits struct{ *segment }

const (
	hintAt    = bodyAt      // where a free permit may be
	leftAt    = bodyAt + 8  // permits that the dead have left, and nobody has heard of
	leftByAt  = bodyAt + 16 // the process number of the last of them
	permitsAt = bodyAt + 24 // how many permits there are
	ownersAt  = bodyAt + 64
	ownerSize = 8 // a permit's word: identity and process number

	maxPermits = 1 << 16
)

// newPermits returns a segment of n permits and so many more bytes.
func newPermits(name string, n, more int) (*segment, error) {
	s, err := newSegment(name, n, ownersAt-bodyAt+n*ownerSize+more)
	if err == nil {
		s.word64(permitsAt).Store(uint64(n))
		permitsOf(s)
	}
	return s, err
}

// permitsOf makes a segment one of permits.
func permitsOf(s *segment) { s.settle = permits{s}.settle }

func (p permits) count() int { return int(p.word64(permitsAt).Load()) }

func (p permits) owner(i int) *atomic.Uint64 { return p.word64(ownersAt + i*ownerSize) }

// mine is what the word of a permit of this process holds.
func (p permits) mine() uint64 { return uint64(p.me)<<32 | uint64(p.pid) }

// try takes a permit if there is one.
func (p permits) try() bool {
	mine, hint := p.mine(), p.word64(hintAt)
	first := int(hint.Load())
	n := p.count()
	for i := range n {
		at := first + i
		if at >= n {
			at -= n
		}
		if owner := p.owner(at); owner.Load() == 0 && owner.CompareAndSwap(0, mine) {
			if at != first {
				hint.Store(uint64(at))
			}
			runtime.KeepAlive(p.segment)
			return true
		}
	}
	runtime.KeepAlive(p.segment)
	return false
}

// wait takes a permit as soon as there is one, until ctx is done.
func (p permits) wait(ctx context.Context, lane *events.Lock) error {
	if p.try() {
		return nil
	}
	lane.Want()
	err := p.await(ctx, &p.gates[0], p.any, func() (bool, error) { return p.try(), nil })
	if err != nil {
		lane.Quit()
	}
	return err
}

// any is a guess whether there is a permit.
func (p permits) any() bool {
	for i := range p.count() {
		if p.owner(i).Load() == 0 {
			return true
		}
	}
	return false
}

// give gives back a permit of this process, and reports whether it has one.
func (p permits) give() bool {
	mine, first, n := p.mine(), int(p.word64(hintAt).Load()), p.count()
	for i := range n {
		at := first + i
		if at >= n {
			at -= n
		}
		if p.owner(at).CompareAndSwap(mine, 0) {
			p.tell(&p.gates[0])
			return true
		}
	}
	return false
}

// free returns how many permits nobody has.
func (p permits) free() (n int) {
	for i := range p.count() {
		if p.owner(i).Load() == 0 {
			n++
		}
	}
	return n
}

// settle takes back what the dead had.
func (p permits) settle(dead func(identity) bool) {
	found := false
	for i := range p.count() {
		owner := p.owner(i).Load()
		if owner == 0 || !dead(identity(owner>>32)) {
			continue
		}
		// To be told twice does less harm than not to be told.
		p.word64(leftByAt).Store(owner & (1<<32 - 1))
		p.word64(leftAt).Store(1)
		p.owner(i).CompareAndSwap(owner, 0)
		found = true
	}
	if found {
		p.tell(&p.gates[0])
	}
}

// left reports whether a process has ended with a permit since it was last asked,
// and which.
func (p permits) left() (pid int, left bool) {
	word := p.word64(leftAt)
	if word.Load() == 0 || !word.CompareAndSwap(1, 0) {
		return 0, false
	}
	return int(p.word64(leftByAt).Load()), true
}
