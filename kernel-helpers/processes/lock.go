package processes

import (
	"context"
	"errors"
	"fmt"
)

// ErrAbandoned is the error of the first Lock after a process has ended with the
// lock in hand. As with a robust mutex of POSIX (EOWNERDEAD), the caller has the
// lock, and is the one to look whether what it guards is in order. It comes wrapped
// with the lock's name and the process's number: ask errors.Is.
var ErrAbandoned = errors.New("processes: a process ended while it had the lock")

// Lock is had by one process at a time, and in that process by one goroutine. It is
// made by [NewLock], and is an ordinary argument of a process. It is not re-entrant:
// who has it and locks it again waits for itself.
type Lock struct {
	object
}

// NewLock returns a free lock with a name that messages and recordings show; it may
// be empty, and its first 63 bytes count. NewLock may be called anywhere, also at
// package level; it takes nothing from the system until it is used.
func NewLock(name string) *Lock {
	l := new(Lock)
	l.declare("lock", name)
	return l
}

// Lock takes the lock. While another has it, it waits until ctx is done, and then
// returns context.Cause(ctx).
//
// The lock is held if the error is nil, and if it is [ErrAbandoned] as errors.Is
// finds it: then the process that had it ended before it unlocked. Any other error
// means that it is not held.
func (l *Lock) Lock(ctx context.Context) error {
	p, err := l.open()
	if err != nil {
		return err
	}
	if !p.try() {
		if err := p.wait(ctx, &l.lane); err != nil {
			return err
		}
	}
	l.lane.Got()
	return p.abandoned()
}

// TryLock takes the lock if it is free now, and reports whether it did. It never
// waits. The lock may be held with [ErrAbandoned]; all errors are those of
// [Lock.Lock].
func (l *Lock) TryLock() (held bool, err error) {
	p, err := l.open()
	if err != nil || !p.try() {
		return false, err
	}
	l.lane.Got()
	return true, p.abandoned()
}

// Unlock gives up the lock. Any goroutine of the process that has it may do so, as
// with a sync.Mutex; it panics if this process does not have it.
func (l *Lock) Unlock() {
	p, err := l.open()
	l.lane.Released()
	if err != nil || !p.give() {
		panic(fmt.Sprintf("processes: Unlock of the lock %s, which this process does not have", l.label()))
	}
}

// With calls f with the lock held, and unlocks it whatever becomes of f. If the
// lock was abandoned it does not call f, and returns [ErrAbandoned] once: use Lock
// to put in order what it guards. Otherwise its error is that of Lock or of f.
func (l *Lock) With(ctx context.Context, f func() error) error {
	if err := l.Lock(ctx); err != nil {
		if errors.Is(err, ErrAbandoned) {
			l.Unlock()
		}
		return err
	}
	defer l.Unlock()
	return f()
}

// Holder returns the number (pid) of the process that has the lock at the moment, 0
// if it is free. By the time it is looked at, another may have it.
func (l *Lock) Holder() (pid int, err error) {
	p, err := l.open()
	if err != nil {
		return 0, err
	}
	return p.holder(), nil
}

// Name returns the lock's name, "" if it has none.
func (l *Lock) Name() string { return l.name }

// GobEncode lets a lock be part of a process's argument. Anywhere else it is an
// error: an encoding of one's own cannot carry what processes share.
func (l *Lock) GobEncode() ([]byte, error) {
	p, err := l.open()
	if err != nil {
		return nil, err
	}
	return travel(p.segment, "lock")
}

// GobDecode is the other side of GobEncode, for the child alone.
func (l *Lock) GobDecode(text []byte) error {
	return l.arrive(text, "lock", permitsOf)
}

func (l *Lock) open() (permits, error) {
	if known := l.segment.Load(); known != nil {
		return permits{known}, nil
	}
	s, err := l.object.open(func() (*segment, error) { return newPermits(l.name, 1, 0) })
	return permits{s}, err
}

// abandoned returns ErrAbandoned, and by whom, if somebody has left a permit.
func (p permits) abandoned() error {
	pid, left := p.left()
	switch name := p.name(); {
	case !left:
		return nil
	case name == "":
		return fmt.Errorf("%w (pid %d)", ErrAbandoned, pid)
	default:
		return fmt.Errorf("%w (%s, pid %d)", ErrAbandoned, name, pid)
	}
}

// holder returns the process number of who has the first permit.
func (p permits) holder() int { return int(p.owners[0].Load() & (1<<32 - 1)) }
