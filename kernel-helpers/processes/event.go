package processes

import (
	"context"
	"fmt"
)

// Event is something that has happened or not, which processes can wait for. It is
// made by [NewEvent], and is an ordinary argument of a process. The methods' errors
// say that the system did not give what an event takes, or that a package variable
// is used in a child instead of its argument.
type Event struct {
	object
}

// setAt is the word of an event that says that it has happened.
const setAt = bodyAt

// NewEvent returns an event that has not happened, with a name that recordings
// show; it may be empty, and its first 63 bytes count. NewEvent may be called
// anywhere, also at package level; it takes nothing from the system until it is used.
func NewEvent(name string) *Event {
	e := new(Event)
	e.declare("event", name)
	return e
}

// Set says that it has happened, and lets all who wait go on, in every process.
// Setting twice does nothing.
func (e *Event) Set() error { return e.store(1) }

// Clear says that it has not happened, or no longer counts. Whoever was waiting
// when it was set may see that it is cleared again, and wait on.
func (e *Event) Clear() error { return e.store(0) }

func (e *Event) store(value uint32) error {
	s, err := e.open()
	if err != nil {
		return err
	}
	s.word(setAt).Store(value)
	s.tell(&s.gates[0])
	return nil
}

// IsSet reports whether it has happened.
func (e *Event) IsSet() (bool, error) {
	s, err := e.open()
	return err == nil && s.isSet(), err
}

// Wait waits until it has happened, or until ctx is done, and then returns
// context.Cause(ctx).
func (e *Event) Wait(ctx context.Context) error {
	s, err := e.open()
	if err != nil || s.isSet() {
		return err
	}
	e.lane.Want()
	defer e.lane.Quit()
	return s.await(ctx, &s.gates[0], s.isSet, func() (bool, error) { return s.isSet(), nil })
}

// Name returns the event's name, "" if it has none.
func (e *Event) Name() string { return e.name }

func (s *segment) isSet() bool { return s.word(setAt).Load() != 0 }

// GobEncode lets an event be part of a process's argument. Anywhere else it is an
// error: an encoding of one's own cannot carry what processes share.
func (e *Event) GobEncode() ([]byte, error) {
	s, err := e.open()
	if err != nil {
		return nil, err
	}
	return travel(s, "event")
}

// GobDecode is the other side of GobEncode, for the child alone.
func (e *Event) GobDecode(text []byte) error {
	return e.arrive(text, "event", func(*segment) {})
}

func (e *Event) open() (*segment, error) {
	return e.object.open(func() (*segment, error) {
		s, err := newSegment(e.name, 1, 64)
		if err != nil {
			return nil, fmt.Errorf("processes: the event could not be made: %w", err)
		}
		return s, nil
	})
}
