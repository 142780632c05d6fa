package processes

import (
	"context"
	"errors"
	"fmt"
	"unsafe"
)

// Array is a fixed number of elements in memory that processes share: numbers, or
// structs or arrays of numbers. It is made by [NewArray], and is an ordinary
// argument of a process.
//
// At, Set and With take the array's lock; Slice does not, for processes that each
// work on a part of their own.
type Array[T any] struct {
	object *object
	n      int
}

// An array is a segment with one permit, which is the right to use the elements.
const elementsAt = ownersAt + 64

// maxArray is how large an array may be, in bytes.
const maxArray = 1 << 36

// NewArray returns a shared array of n elements, all zero. It may be called
// anywhere, also at package level; it takes nothing from the system until it is
// used, and then n times the size of an element, 64 GiB at most. After a mistake (n
// below one, more than that, elements with pointers in them) the methods panic.
func NewArray[T any](n int) *Array[T] {
	return &Array[T]{object: declared("array", ""), n: n}
}

// Len returns the number of elements.
func (a *Array[T]) Len() int { return a.open().count() }

// At returns the element at i, from 0 on; an i outside of the array panics, as that
// of a slice does. While another process or goroutine has the lock, it waits.
func (a *Array[T]) At(i int) (value T) {
	p := a.lock()
	defer p.give()
	return a.elements(p.segment)[i]
}

// Set replaces the element at i. It waits and panics as [Array.At] does.
func (a *Array[T]) Set(i int, value T) {
	p := a.lock()
	defer p.give()
	a.elements(p.segment)[i] = value
}

// With calls f with the elements, which nobody else uses through At, Set or With
// meanwhile. While another does, it waits until ctx is done. f must not keep the
// slice, nor call At, Set or With of the same array, which would wait for f.
//
// After a process has ended in the middle of At, Set or With, the next With does
// not call f and returns [ErrAbandoned], once: errors.Is finds it, and it is time to
// look whether the elements are in order. Otherwise the error is context.Cause(ctx)
// or that of f, whose changes stay whatever it returns.
func (a *Array[T]) With(ctx context.Context, f func([]T) error) error {
	p := permits{a.open()}
	if !p.try() {
		if err := p.wait(ctx, &a.object.lane); err != nil {
			return err
		}
	}
	a.object.lane.Got()
	defer func() {
		a.object.lane.Released()
		p.give()
	}()
	if err := p.abandoned(); err != nil {
		return err
	}
	return f(a.elements(p.segment))
}

// Slice returns the elements themselves, whose changes all processes see. The
// array's lock does not guard them: two processes that write the same element at
// the same time race, and the race detector cannot see it. Let each work on a part
// of its own. The memory stays until this process ends.
func (a *Array[T]) Slice() []T {
	s := a.open()
	s.pin()
	return a.elements(s)
}

func (a *Array[T]) lock() permits {
	p := permits{a.open()}
	if !p.try() {
		p.wait(context.Background(), &a.object.lane)
	}
	return p
}

func (a *Array[T]) elements(s *segment) []T {
	return unsafe.Slice((*T)(unsafe.Pointer(&s.mem[elementsAt])), s.count())
}

// GobEncode lets an array be part of a process's argument. Anywhere else it is an
// error: an encoding of one's own cannot carry what processes share.
func (a *Array[T]) GobEncode() ([]byte, error) {
	s, err := a.made()
	if err != nil {
		return nil, err
	}
	return travel(s, "array")
}

// GobDecode is the other side of GobEncode, for the child alone.
func (a *Array[T]) GobDecode(text []byte) (err error) {
	if a.object, err = arrived(text, "array", permitsOf); err != nil {
		return err
	}
	var element T
	if s := a.object.segment.Load(); s.count() > (len(s.mem)-elementsAt)/int(unsafe.Sizeof(element)) {
		return errors.New("processes: an array is not readable")
	}
	return nil
}

func (a *Array[T]) isShared() {}

func (a *Array[T]) open() *segment {
	s, err := a.made()
	if err != nil {
		panic(err.Error())
	}
	return s
}

func (a *Array[T]) made() (*segment, error) {
	return a.object.open(func() (*segment, error) {
		if err := mustBeFlat((*T)(nil), "NewArray"); err != nil {
			return nil, err
		}
		var element T
		size := int(unsafe.Sizeof(element))
		if a.n < 1 || size == 0 || a.n > maxArray/size {
			return nil, fmt.Errorf("processes: NewArray(%d): an array has at least one element, and takes at most %d bytes", a.n, maxArray)
		}
		s, err := newPermits("", 1, elementsAt-ownersAt+a.n*size)
		if err != nil {
			return nil, fmt.Errorf("processes: the array could not be made: %w", err)
		}
		s.word64(countAt).Store(uint64(a.n))
		return s, nil
	})
}
