package events

import (
	"bytes"
	"sync"
)

// MaxTrace bounds what a recording keeps of one process, in bytes: more than a
// million events.
const MaxTrace = 8 << 20

// Buffer keeps what is written to it up to [MaxTrace] and takes the rest without
// keeping it, so that a recording of an endless loop does not eat the machine's
// memory. Its zero value is empty; it may be used from many goroutines.
type Buffer struct {
	mu   sync.Mutex
	data bytes.Buffer
	full bool
}

// Write never fails: whoever writes a trace must not be stopped.
func (b *Buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.full = b.full || b.data.Len()+len(p) > MaxTrace
	if !b.full { // once something is missing, what follows cannot be read
		b.data.Write(p)
	}
	return len(p), nil
}

// Bytes returns a copy of what was kept.
func (b *Buffer) Bytes() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return bytes.Clone(b.data.Bytes())
}

// Full reports whether something was dropped.
func (b *Buffer) Full() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.full
}
