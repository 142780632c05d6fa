package processes

import (
	"context"
	"runtime"
	"unsafe"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// permits is a segment with some permits, each a word that names the process that
// has it. To take one and to give it back is one compare-and-swap, so it is always
// known what a process had when it was killed: it goes back at once, and the word
// for that says that it was left rather than given back.
type permits struct{ *segment }

const (
	permitsAt = bodyAt      // how many permits there are
	leftAt    = bodyAt + 8  // whether the dead have left some, and nobody has heard of it
	leftByAt  = bodyAt + 16 // the process number of the last of them
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
func permitsOf(s *segment) {
	n := min(s.word64(permitsAt).Load(), uint64(len(s.mem)-ownersAt)/ownerSize)
	s.owners = unsafe.Slice(s.word64(ownersAt), int(n))
	s.settle = permits{s}.settle
}

// mine is what the word of a permit of this process holds.
func (s *segment) mine() uint64 { return uint64(s.me)<<32 | uint64(s.pid) }

// try takes a permit if there is one.
func (p permits) try() bool { return p.swap(0, p.mine()) }

// give gives back a permit of this process, and reports whether it has one.
func (p permits) give() bool {
	if !p.swap(p.mine(), 0) {
		return false
	}
	p.tell(&p.gates[0])
	return true
}

// swap changes the owner of one permit of a certain owner, if there is one. It
// looks first where it found the last.
func (p permits) swap(from, to uint64) bool {
	s := p.segment
	if hint := int(s.hint.Load()); hint < len(s.owners) && s.owners[hint].CompareAndSwap(from, to) {
		return true
	}
	for i := range s.owners {
		if owner := &s.owners[i]; owner.Load() == from && owner.CompareAndSwap(from, to) {
			s.hint.Store(int32(i))
			runtime.KeepAlive(s)
			return true
		}
	}
	runtime.KeepAlive(s)
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
func (p permits) any() bool { return p.free() > 0 }

// free returns how many permits nobody has.
func (p permits) free() (n int) {
	for i := range p.owners {
		if p.owners[i].Load() == 0 {
			n++
		}
	}
	return n
}

// settle takes back what the dead had.
func (p permits) settle(dead func(identity) bool) {
	found := false
	for i := range p.owners {
		owner := p.owners[i].Load()
		if owner == 0 || !dead(identity(owner>>32)) {
			continue
		}
		// To be told twice does less harm than not to be told.
		p.word64(leftByAt).Store(owner & (1<<32 - 1))
		p.word64(leftAt).Store(1)
		p.owners[i].CompareAndSwap(owner, 0)
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
