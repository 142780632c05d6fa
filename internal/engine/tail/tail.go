// Package tail keeps a bounded part of what a program prints.
package tail

import (
	"strings"
	"sync"
)

// Tail keeps the first and the last part of what is written to it, each of at
// most half its size: a program may print without end.
type Tail struct {
	half int

	mu      sync.Mutex // protects what follows
	first   []byte
	last    []byte
	skipped bool
}

// New returns a Tail that keeps that many bytes.
func New(size int) *Tail { return &Tail{half: size / 2} }

// Write never fails.
func (t *Tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(p)
	if room := t.half - len(t.first); room > 0 {
		taken := min(room, len(p))
		t.first = append(t.first, p[:taken]...)
		p = p[taken:]
	}
	t.last = append(t.last, p...)
	if over := len(t.last) - t.half; over > 0 {
		t.last = append(t.last[:0], t.last[over:]...)
		t.skipped = true
	}
	return n, nil
}

// String returns what is kept, with what is no UTF-8 replaced.
func (t *Tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	between := ""
	if t.skipped {
		between = "\n…\n"
	}
	return strings.ToValidUTF8(string(t.first)+between+string(t.last), "\uFFFD")
}
