package processes

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// object is what a reader holds of a segment: it makes it when it is first used,
// and takes it to another process.
//
// Generic types hold a pointer to theirs and promote nothing of it: a program is
// compiled with all that their fields and methods are made of, for each type.
type object struct {
	noun string // "queue"
	name string // the reader's
	lane events.Lock

	segment atomic.Pointer[segment]
	mu      sync.Mutex // protects err and the making of the segment
	err     error      // why it cannot be used
}

// errNotMade is that of the zero value of what processes share.
var errNotMade = errors.New("processes: this was not made by its New function (NewQueue, NewPipe, NewValue, NewArray), so there is nothing to share")

// declared is an object that was declared.
func declared(noun, name string) *object {
	o := new(object)
	o.declare(noun, name)
	return o
}

// declare is called by what a reader calls to make one.
func (o *object) declare(noun, name string) {
	o.noun, o.name, o.lane = noun, name, events.Lock{Kind: noun, Name: name}
	if inChild && !dispatched {
		o.err = fmt.Errorf("processes: this %s is a package variable, so each process has one of its own: pass the %s to the process as an argument", noun, noun)
	}
}

// open returns the segment, and has it made if there is none yet.
func (o *object) open(made func() (*segment, error)) (*segment, error) {
	if o == nil {
		return nil, errNotMade
	}
	if s := o.segment.Load(); s != nil {
		return s, nil
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if s := o.segment.Load(); s != nil || o.err != nil {
		return s, o.err
	}
	s, err := made()
	if err != nil {
		o.err = err
		return nil, err
	}
	o.lane.Identity = s.id
	o.segment.Store(s)
	return s, nil
}

// travel writes s as part of a value: its place among the files that come along,
// and what these do not tell.
func travel(s *segment, noun string) ([]byte, error) {
	place, err := pass(s, noun)
	if err != nil {
		return nil, err
	}
	text := binary.AppendUvarint(nil, uint64(place))
	text = binary.AppendUvarint(text, uint64(len(s.mem)))
	return binary.AppendUvarint(text, s.id), nil
}

// arrived is an object that has arrived.
func arrived(text []byte, noun string, kind func(*segment)) (*object, error) {
	o := new(object)
	return o, o.arrive(text, noun, kind)
}

// arrive reads what travel wrote of a noun. kind makes the segment one of its kind.
func (o *object) arrive(text []byte, noun string, kind func(*segment)) error {
	o.noun = noun
	var numbers [3]uint64
	for i := range numbers {
		value, n := binary.Uvarint(text)
		if n <= 0 {
			return errors.New("processes: what is shared is not readable")
		}
		numbers[i], text = value, text[n:]
	}
	file, err := passed(numbers[0])
	if err != nil {
		return err
	}
	s, err := inherit(numbers[2], int(numbers[1]), file, kind)
	if err != nil {
		return err
	}
	o.name = s.name()
	o.lane = events.Lock{Kind: noun, Name: o.name, Identity: s.id}
	o.segment.Store(s)
	return nil
}

// rename gives an object its name, before it is used. What was not made has none: its
// first use is told what is wrong.
func (o *object) rename(name string) {
	if o != nil {
		o.name, o.lane.Name = name, name
	}
}

// called is the object's name, "" if it has none.
func (o *object) called() string {
	if o == nil {
		return ""
	}
	return o.name
}

func (o *object) isShared() {}

// label is what messages call it: its name, or nothing.
func (o *object) label() string {
	if o.name == "" {
		return "without a name"
	}
	return o.name
}
