package processes

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// ring is a segment that is a queue of values, each a string of bytes.
//
// A value lies in a slot. Slots that nobody uses are on a stack, so that the few
// that are used are warm; those with a value stand in line. To put is to take a
// slot from the stack, write it and append it to the line; to get is the reverse.
// A slot that is in neither place is in the hands of the process that its owner
// word names. So what a process was busy with when it was killed is known, and
// goes back to the stack; every change is complete with the one store that moves
// the end of the line or the top of the stack.
type ring struct{ *segment }

// The body of a ring. Behind the words come the line and the stack, four bytes a
// slot, then the slots. Beyond the mapped memory the file has room for what does
// not fit a slot.
const (
	getters = 0 // gates
	putters = 1

	closedAt = bodyAt
	roomAt   = bodyAt + 4   // whether the file may be mapped beyond
	headAt   = bodyAt + 64  // how many values have left the line
	tailAt   = bodyAt + 128 // how many have joined it
	topAt    = bodyAt + 136 // slots on the stack
	listsAt  = bodyAt + 192

	slotSize   = 256
	inSlot     = slotSize - 16 // bytes of a value that a slot holds
	ownerWord  = 0             // of a slot
	lengthWord = 8
	bytesAt    = 16

	maxBound = 1 << 16
)

func newRing(name string, bound int) (*segment, error) {
	s, err := newSegment(name, bound, listsAt-bodyAt+bound*(8+slotSize)+slotSize)
	if err != nil {
		return nil, err
	}
	r := ring{s}
	for i := range bound {
		r.stack(i).Store(uint32(bound - 1 - i))
	}
	s.word64(topAt).Store(uint64(bound))
	ringOf(s)
	r.makeRoom()
	return s, nil
}

// ringOf makes a segment a ring.
func ringOf(s *segment) { s.settle = ring{s}.settle }

func (r ring) line(i uint64) *atomic.Uint32 {
	return r.word(listsAt + 4*int(i%uint64(r.count())))
}

func (r ring) stack(i int) *atomic.Uint32 { return r.word(listsAt + 4*(r.count()+i)) }

func (r ring) slotAt(i uint32) int {
	first := (listsAt + 8*r.count() + slotSize - 1) / slotSize * slotSize
	return first + slotSize*int(i)
}

func (r ring) owner(slot uint32) *atomic.Uint32  { return r.word(r.slotAt(slot) + ownerWord) }
func (r ring) length(slot uint32) *atomic.Uint64 { return r.word64(r.slotAt(slot) + lengthWord) }

// bytes are the slot's own.
func (r ring) bytes(slot uint32) []byte {
	at := r.slotAt(slot) + bytesAt
	return r.mem[at : at+inSlot : at+inSlot]
}

func (r ring) closed() bool { return r.word(closedAt).Load() != 0 }

// hasValue and hasRoom are guesses.
func (r ring) hasValue() bool {
	return r.word64(headAt).Load() != r.word64(tailAt).Load() || r.closed()
}

func (r ring) hasRoom() bool { return r.word64(topAt).Load() != 0 || r.closed() }

// put appends a value and waits for room until ctx is done. A wait is told to lane,
// which may be nil.
func (r ring) put(ctx context.Context, value []byte, lane *events.Lock) error {
	if len(value) >= maxValue {
		return errors.New("processes: a value of more than 8 GiB does not fit a queue")
	}
	done, err := r.tryPut(value)
	if !done && err == nil {
		if lane != nil {
			lane.Want()
			defer lane.Quit()
		}
		err = r.await(ctx, &r.gates[putters], r.hasRoom, func() (bool, error) { return r.tryPut(value) })
	}
	return err
}

func (r ring) tryPut(value []byte) (done bool, err error) {
	if !r.hasRoom() {
		return false, nil
	}
	r.take()
	if r.closed() {
		r.latch.release()
		return false, ErrClosed
	}
	slot, ok := r.pop()
	if !ok {
		r.latch.release()
		return false, nil
	}
	if len(value) <= inSlot {
		copy(r.bytes(slot), value)
	} else {
		// This takes a while, so meanwhile the slot is in our hands alone.
		r.latch.release()
		err = r.write(slot, value)
		r.take()
	}
	if err != nil {
		r.push(slot)
		r.latch.release()
		return false, fmt.Errorf("processes: the value could not be written: %w", err)
	}
	r.length(slot).Store(uint64(len(value)))
	r.join(slot)
	r.latch.release()
	r.tell(&r.gates[getters])
	return true, nil
}

// get removes the first value, and waits for one until ctx is done. A value that
// fits small is put there.
func (r ring) get(ctx context.Context, small *[inSlot]byte, lane *events.Lock) (value []byte, err error) {
	value, done, err := r.tryGet(small)
	if !done && err == nil {
		if lane != nil {
			lane.Want()
			defer lane.Quit()
		}
		err = r.await(ctx, &r.gates[getters], r.hasValue, func() (bool, error) {
			value, done, err = r.tryGet(small)
			return done, err
		})
	}
	return value, err
}

func (r ring) tryGet(small *[inSlot]byte) (value []byte, done bool, err error) {
	if !r.hasValue() {
		return nil, false, nil
	}
	r.take()
	slot, ok := r.leave()
	if !ok {
		closed := r.closed()
		r.latch.release()
		if closed {
			err = ErrClosed
		}
		return nil, false, err
	}
	size := int(r.length(slot).Load())
	if size <= inSlot {
		value = small[:size]
		copy(value, r.bytes(slot))
	} else {
		r.latch.release()
		value, err = r.read(slot, size)
		r.take()
	}
	r.push(slot)
	r.latch.release()
	r.tell(&r.gates[putters])
	return value, true, err
}

// The four moves; the latch is held. Each begins or ends with the store that
// counts.

// pop takes a slot from the stack.
func (r ring) pop() (slot uint32, ok bool) {
	top := r.word64(topAt).Load()
	if top == 0 {
		return 0, false
	}
	slot = r.stack(int(top - 1)).Load()
	r.owner(slot).Store(uint32(r.me))
	r.word64(topAt).Store(top - 1)
	return slot, true
}

// push puts a slot back on the stack.
func (r ring) push(slot uint32) {
	top := r.word64(topAt).Load()
	r.stack(int(top)).Store(slot)
	r.word64(topAt).Store(top + 1)
	r.owner(slot).Store(0)
}

// join appends a slot to the line.
func (r ring) join(slot uint32) {
	tail := r.word64(tailAt).Load()
	r.line(tail).Store(slot)
	r.word64(tailAt).Store(tail + 1)
	r.owner(slot).Store(0)
}

// leave takes the first slot from the line.
func (r ring) leave() (slot uint32, ok bool) {
	head := r.word64(headAt).Load()
	if head == r.word64(tailAt).Load() {
		return 0, false
	}
	slot = r.line(head).Load()
	r.owner(slot).Store(uint32(r.me))
	r.word64(headAt).Store(head + 1)
	return slot, true
}

// close lets no value in any more.
func (r ring) close() {
	r.word(closedAt).Store(1)
	for i := range r.gates {
		r.tell(&r.gates[i])
	}
	runtime.KeepAlive(r.segment)
}

// settle takes slots out of the hands of the dead. It may itself be broken off
// anywhere and done again.
func (r ring) settle(dead func(identity) bool) {
	// Whoever died at a move has or has not done the store that counts; the owner
	// word follows.
	for i := range int(r.word64(topAt).Load()) {
		r.owner(r.stack(i).Load()).Store(0)
	}
	for i := r.word64(headAt).Load(); i != r.word64(tailAt).Load(); i++ {
		r.owner(r.line(i).Load()).Store(0)
	}
	for slot := range uint32(r.count()) {
		if owner := r.owner(slot).Load(); owner != 0 && dead(identity(owner)) {
			r.push(slot)
		}
	}
}
