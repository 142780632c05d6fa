package events

import (
	"sync"
	"sync/atomic"
)

// MaxTrace bounds what a [Tape] keeps of all its processes together, in bytes:
// more than two million events.
const MaxTrace = 16 << 20

// Buffer keeps what is written to it as long as its tape has room and takes the
// rest without keeping it, so that a recording of an endless loop does not eat the
// machine's memory. It may be used from many goroutines. Make one with
// [Tape.NewBuffer].
type Buffer struct {
	room *atomic.Int64 // of the tape

	mu   sync.Mutex
	data []byte
	full bool
}

// Write never fails: whoever writes a trace must not be stopped.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.full = b.full || b.room.Add(-int64(len(p))) < 0
	if !b.full { // once something is missing, what follows cannot be read
		b.data = append(b.data, p...)
	}
	return len(p), nil
}

// From returns what was kept after the first n bytes. The caller must not change
// it.
func (b *Buffer) From(n int) []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.data[n:len(b.data):len(b.data)]
}

// Full reports whether something was dropped.
func (b *Buffer) Full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.full
}
