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

// What processes share is an ordinary part of an argument, so gob meets it in the
// middle of a value and asks it for bytes. It answers with its place among the
// files that travel beside the bytes. Which value is being encoded gob does not
// say, so one at a time is.

// passing is the value under way, if it may hold something shared.
var passing struct {
	sync.Mutex
	out atomic.Pointer[[]*segment] // met so far
	in  atomic.Pointer[[]*os.File] // files that came along
}

// withShared calls encode, which encodes a value of type t, and returns what shall
// travel along.
func withShared(t *carried, encode func() error) ([]*os.File, []*segment, error) {
	if !t.shared {
		return nil, nil, encode()
	}
	passing.Lock()
	defer passing.Unlock()
	var met []*segment
	passing.out.Store(&met)
	defer passing.out.Store(nil)
	if err := encode(); err != nil {
		return nil, nil, err
	}
	if len(met) > maxFiles {
		return nil, nil, fmt.Errorf("it holds %d things that processes share, and at most %d travel at once", len(met), maxFiles)
	}
	var files []*os.File
	for _, s := range met {
		files = append(files, s.file.(*os.File))
	}
	return files, met, nil
}

// receiveShared calls decode, which decodes a value that files came along with.
func receiveShared(files []*os.File, decode func() error) error {
	if len(files) == 0 {
		return decode()
	}
	passing.Lock()
	defer passing.Unlock()
	passing.in.Store(&files)
	defer passing.in.Store(nil)
	defer closeAll(files) // what is here already
	return decode()
}

func closeAll(files []*os.File) {
	for _, f := range files {
		if f != nil {
			f.Close()
		}
	}
}

// pass notes that s, a "queue", travels with the value under way, and returns its
// place.
func pass(s *segment, noun string) (place int, err error) {
	met := passing.out.Load()
	if met == nil {
		return 0, fmt.Errorf("processes: a %s travels only as an argument of a process", noun)
	}
	for i, known := range *met {
		if known == s {
			return i, nil
		}
	}
	*met = append(*met, s)
	return len(*met) - 1, nil
}

// passed returns where the file at a place is.
func passed(place uint64) (**os.File, error) {
	files := passing.in.Load()
	if files == nil || place >= uint64(len(*files)) {
		return nil, errors.New("processes: what processes share travels only as an argument of a process")
	}
	return &(*files)[place], nil
}

// isShared is implemented by all that processes share.
type isShared interface{ isShared() }

// mayHoldShared reports whether a value of type t may have something shared in it.
func mayHoldShared(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	shared := reflect.TypeFor[isShared]()
	if t.Implements(shared) || reflect.PointerTo(t).Implements(shared) {
		return true
	}
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return mayHoldShared(t.Elem(), seen)
	case reflect.Map:
		return mayHoldShared(t.Key(), seen) || mayHoldShared(t.Elem(), seen)
	case reflect.Struct:
		for field := range t.Fields() {
			if mayHoldShared(field.Type, seen) {
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
