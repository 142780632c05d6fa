package processes

import (
	"context"
	"fmt"
	"runtime"
	"unsafe"
)

// Value is one value in memory that processes share: a number or a bool, or a
// struct or an array of them. It is made by [NewValue], and is an ordinary argument
// of a process.
//
// Every change is made as a whole: nobody ever sees half of one, and a process
// that is killed in the middle of a change has changed nothing. A type with
// pointers in it (a string, a slice, a map) cannot be shared so: the methods panic
// and say what to use.
type Value[T any] struct {
	object  *object
	initial T
}

// A value is a segment with one permit, which is the right to change it. Behind it
// the value stands twice; the lowest bit of a counter says which is the one that
// counts.
const (
	changesAt = ownersAt + 64
	copiesAt  = changesAt + 64
)

// NewValue returns a shared value that begins as initial. It may be called anywhere,
// also at package level; it takes nothing from the system until it is used. After a
// mistake (a type with pointers in it) the methods panic.
func NewValue[T any](initial T) *Value[T] {
	return &Value[T]{object: declared("value", ""), initial: initial}
}

// Load returns the value as the last complete change left it. It never waits, also
// not while another changes the value.
func (v *Value[T]) Load() (value T) {
	s := v.open()
	changes := s.word64(changesAt)
	for {
		seen := changes.Load()
		copy(bytesOf(&value), v.copyOf(s, seen))
		if changes.Add(0) == seen { // unlike Load, this does not go ahead of the copying
			runtime.KeepAlive(s)
			return value
		}
	}
}

// Store replaces the value. While another process or goroutine changes it, it waits.
func (v *Value[T]) Store(value T) { v.Update(func(T) T { return value }) }

// Update replaces the value by what f makes of it, and returns that. Nobody else
// changes it meanwhile; while another does, Update waits. f must not change the
// value in any other way, which would wait for f. If f panics, the value stays as it
// was.
func (v *Value[T]) Update(f func(T) T) (value T) {
	v.With(context.Background(), func(at *T) error {
		*at = f(*at)
		value = *at
		return nil
	})
	return value
}

// With calls f with the value, which f may change and nobody else can meanwhile.
// While another process or goroutine is at it, With waits, until ctx is done, and
// then returns context.Cause(ctx). If f fails or panics, the value stays as it was,
// and the error is that of f. f must not keep its argument, nor change the value in
// any other way, which would wait for f.
func (v *Value[T]) With(ctx context.Context, f func(*T) error) error {
	s := v.open()
	p := permits{s}
	if !p.try() {
		if err := p.wait(ctx, &v.object.lane); err != nil {
			return err
		}
	}
	v.object.lane.Got()
	defer func() {
		v.object.lane.Released()
		p.give()
	}()
	changes := s.word64(changesAt)
	now := changes.Load()
	var value T
	copy(bytesOf(&value), v.copyOf(s, now))
	if err := f(&value); err != nil {
		return err
	}
	copy(v.copyOf(s, now+1), bytesOf(&value))
	changes.Store(now + 1)
	return nil
}

// copyOf returns the memory of the copy that counts after so many changes.
func (v *Value[T]) copyOf(s *segment, changes uint64) []byte {
	var value T
	size := int(unsafe.Sizeof(value))
	at := copiesAt + int(changes&1)*aligned(size)
	return s.mem[at : at+size]
}

// aligned rounds a size up to a cache line.
func aligned(size int) int { return (size + 63) / 64 * 64 }

func bytesOf[T any](at *T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(at)), unsafe.Sizeof(*at))
}

// Number is what [Add] can add.
type Number interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 |
		~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~float32 | ~float64
}

// Add adds delta to a shared number as one change, and returns the sum, which wraps
// around as Go's numbers do. It waits as [Value.Update] does.
func Add[T Number](v *Value[T], delta T) T {
	return v.Update(func(n T) T { return n + delta })
}

// GobEncode lets a value be part of a process's argument. Anywhere else it is an
// error: an encoding of one's own cannot carry what processes share.
func (v *Value[T]) GobEncode() ([]byte, error) {
	s, err := v.made()
	if err != nil {
		return nil, err
	}
	return travel(s, "value")
}

// GobDecode is the other side of GobEncode, for the child alone.
func (v *Value[T]) GobDecode(text []byte) (err error) {
	v.object, err = arrived(text, "value", permitsOf)
	return err
}

func (v *Value[T]) isShared() {}

func (v *Value[T]) open() *segment {
	s, err := v.made()
	if err != nil {
		panic(err.Error())
	}
	return s
}

func (v *Value[T]) made() (*segment, error) {
	return v.object.open(func() (*segment, error) {
		if err := mustBeFlat((*T)(nil), "NewValue"); err != nil {
			return nil, err
		}
		size := int(unsafe.Sizeof(v.initial))
		s, err := newPermits("", 1, copiesAt-ownersAt+2*aligned(size))
		if err != nil {
			return nil, fmt.Errorf("processes: the value could not be made: %w", err)
		}
		copy(v.copyOf(s, 0), bytesOf(&v.initial))
		return s, nil
	})
}

// mustBeFlat is an error if values of the type that a pointer points to are not.
func mustBeFlat(pointer any, by string) error {
	if t := pointedTo(pointer); !isFlat(t) {
		return fmt.Errorf("processes: %s: a %s has pointers in it, which mean nothing in another process: share numbers, arrays and structs of them, or send it through a Queue", by, t)
	}
	return nil
}
