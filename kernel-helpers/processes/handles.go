package processes

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
)

// A queue is an ordinary part of an argument, so gob meets it in the middle of a
// value and asks it for bytes. It answers with its place among the files that
// travel beside the bytes. Which value is being encoded gob does not say, so one
// at a time is.

// passing is the value under way, if it may hold queues.
var passing struct {
	sync.Mutex
	out atomic.Pointer[[]*pipes]   // queues met so far
	in  atomic.Pointer[[]*os.File] // files that came along
}

// withQueues calls encode, which encodes a value of type t, and returns what shall
// travel along.
func withQueues(t *carried, encode func() error) ([]*os.File, []*pipes, error) {
	if !t.queues {
		return nil, nil, encode()
	}
	passing.Lock()
	defer passing.Unlock()
	var queues []*pipes
	passing.out.Store(&queues)
	defer passing.out.Store(nil)
	if err := encode(); err != nil {
		return nil, nil, err
	}
	var files []*os.File
	for _, q := range queues {
		files = append(files, q.files()...)
	}
	if len(files) > maxFiles {
		return nil, nil, fmt.Errorf("it holds %d queues, and at most %d travel at once", len(queues), maxFiles/filesPerQueue)
	}
	return files, queues, nil
}

// receiveQueues calls decode, which decodes a value that files came along with.
func receiveQueues(files []*os.File, decode func() error) error {
	if len(files) == 0 {
		return decode()
	}
	passing.Lock()
	defer passing.Unlock()
	passing.in.Store(&files)
	defer passing.in.Store(nil)
	defer closeAll(files) // what no queue has taken, because it is here already
	return decode()
}

// pass notes that q travels with the value under way, and returns its place.
func pass(q *pipes) (place int, err error) {
	queues := passing.out.Load()
	if queues == nil {
		return 0, errors.New("processes: a queue travels only as an argument of a process")
	}
	for i, known := range *queues {
		if known == q {
			return i, nil
		}
	}
	*queues = append(*queues, q)
	return len(*queues) - 1, nil
}

// passed returns the files of the queue at a place.
func passed(place int) ([]*os.File, error) {
	files := passing.in.Load()
	if files == nil || place < 0 || (place+1)*filesPerQueue > len(*files) {
		return nil, errors.New("processes: a queue travels only as an argument of a process")
	}
	return (*files)[place*filesPerQueue : (place+1)*filesPerQueue], nil
}

// isQueue is implemented by every *Queue.
type isQueue interface{ isQueue() }

// mayHoldQueues reports whether a value of type t may have a queue in it.
func mayHoldQueues(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	queue := reflect.TypeFor[isQueue]()
	if t.Implements(queue) || reflect.PointerTo(t).Implements(queue) {
		return true
	}
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return mayHoldQueues(t.Elem(), seen)
	case reflect.Map:
		return mayHoldQueues(t.Key(), seen) || mayHoldQueues(t.Elem(), seen)
	case reflect.Struct:
		for field := range t.Fields() {
			if mayHoldQueues(field.Type, seen) {
				return true
			}
		}
	}
	return false
}

// hint adds what to do to an error of gob.
func hint(err error) error {
	const unregistered = "gob: type not registered for interface: "
	if _, name, ok := strings.Cut(err.Error(), unregistered); ok {
		return fmt.Errorf("%w: an interface holds a %s, so add func init() { gob.Register(%s{}) }", err, name, name)
	}
	return err
}
