// Package record is what is written down of a run under a schedule. It lies in
// memory that the process which runs shares with the one which judges, so that it
// is still there when a race or a panic has ended the first.
package record

import (
	"fmt"
	"os"
	"syscall"
	"time"
	"unsafe"
)

// Kind is what an Event tells.
type Kind uint8

const (
	Began    Kind = iota + 1 // the goroutine came to its first Point; Place and Holder are where it was started, 0 if in no line of the program's, and by whom
	HeldBack                 // it could have gone on, was made to wait, and came to Place then; 0: within what it did before
	Doing                    // it was in what stands at Place: waiting, if that took time
	ForLock                  // it waited for Object, which Holder had
	Held                     // it had Object
	Raced                    // a race was found between its last Point and now, or in a goroutine that has ended since
	Noticed                  // it came to a Point, and the test has failed since somebody's Point before
)

// Event is a stretch of a goroutine's time.
type Event struct {
	From, To  time.Duration // of virtual time, since the run began
	Object    uint64        // of ForLock and Held: which lock; of Began: the goroutine's number in the runtime
	Point     uint64        // of HeldBack: the goroutine's how-manieth Point
	Goroutine int32         // in the order of their first Points
	Holder    int32         // of ForLock and Began: a goroutine; -1: nobody that is known
	Place     int32         // in the woven program's list, from 1; 0: unknown
	Kind      Kind
	Long      bool // of HeldBack: one of the long sleeps
}

// Room is how many events are kept.
const Room = 1 << 14

// Log holds the events of a run, and what its goroutines did last. It is hidden
// from the race detector: write it in functions that are go:norace.
type Log struct {
	N      int64 // events
	Lost   int64 // for which there was no room
	Now    time.Duration
	Events [Room]Event
}

// Size is of a Log, in bytes.
const Size = int(unsafe.Sizeof(Log{}))

// Add appends an event.
//
//go:norace
func (l *Log) Add(e Event) {
	l.Now = e.To
	if l.N == Room {
		l.Lost++
		return
	}
	l.Events[l.N] = e
	l.N++
}

// Create returns a file in dir that holds an empty Log.
func Create(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "log-")
	if err != nil {
		return nil, err
	}
	if err := f.Truncate(int64(Size)); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Open maps the Log that a file holds. Whoever wrote it may be gone; what it holds
// may be anything, if that was not ours.
func Open(fd uintptr) (*Log, error) {
	var stat syscall.Stat_t
	if err := syscall.Fstat(int(fd), &stat); err != nil {
		return nil, err
	}
	if stat.Size < int64(Size) {
		return nil, fmt.Errorf("a log of a run has %d bytes, not %d", stat.Size, Size)
	}
	memory, err := syscall.Mmap(int(fd), 0, Size, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_SHARED)
	if err != nil {
		return nil, err
	}
	return (*Log)(unsafe.Pointer(unsafe.SliceData(memory))), nil
}

// Close unmaps a log that Open mapped.
func (l *Log) Close() error {
	return syscall.Munmap(unsafe.Slice((*byte)(unsafe.Pointer(l)), Size))
}

// Recorded returns a copy of the events.
func (l *Log) Recorded() []Event {
	n := min(max(l.N, 0), Room)
	return append([]Event(nil), l.Events[:n]...)
}
