package engine

import (
	"strings"
	"sync"
)

// tail keeps the first and the last part of what is written to it, each of at
// most half its size: a program may print without end.
type tail struct {
	half int

	mu      sync.Mutex // protects what follows
	first   []byte
	last    []byte
	skipped bool
}

func newTail(size int) *tail { return &tail{half: size / 2} }

// Write never fails.
func (t *tail) Write(p []byte) (int, error) {
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

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	between := ""
	if t.skipped {
		between = "\n…\n"
	}
	return strings.ToValidUTF8(string(t.first)+between+string(t.last), "\uFFFD")
}

// cleanOutput drops the verdict that testing itself prints at the end.
func cleanOutput(s string) string {
	for _, end := range []string{"\x16PASS\n", "\x16FAIL\n", "\x16=== NAME  \n"} {
		s = strings.ReplaceAll(s, end, "")
	}
	return s
}

func join(a, b string) string {
	if len(a)+len(b) > keptOutput {
		return a
	}
	return a + b
}
