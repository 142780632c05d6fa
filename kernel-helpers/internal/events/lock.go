package events

import (
	"runtime/trace"
	"strconv"
	"strings"
	"sync/atomic"
)

// Lock is the lane of a lock. Its zero value is a lock without a name; Kind and
// Name may be set until its first use. It must not be copied after that.
type Lock struct {
	Kind string // "lock" if empty
	Name string

	words atomic.Pointer[lockWords] // spelt once: a log then allocates nothing
}

// NewLock returns the lane of a lock of a kind ("lock") and with a name, which
// may be empty.
func NewLock(kind, name string) *Lock { return &Lock{Kind: kind, Name: name} }

// Want tells that the calling goroutine begins to wait for the lock.
func (l *Lock) Want() {
	if trace.IsEnabled() {
		trace.Log(background, l.spelt().want, "")
	}
}

// Got tells that the calling goroutine now holds the lock. Call it once the lock
// is held, so that two holders never overlap.
func (l *Lock) Got() {
	if trace.IsEnabled() {
		trace.Log(background, l.spelt().got, "")
	}
}

// Released tells that the lock is given up. Call it while it is still held.
func (l *Lock) Released() {
	if trace.IsEnabled() {
		trace.Log(background, l.spelt().released, "")
	}
}

type lockWords struct{ want, got, released string }

var lastLock atomic.Int64

// spelt returns the lock's words. All of a word stands in the category, which
// the tracer stores once, and none in the message, which it stores each time.
func (l *Lock) spelt() *lockWords {
	if w := l.words.Load(); w != nil {
		return w
	}
	kind := l.Kind
	if kind == "" {
		kind = "lock"
	}
	what := " " + strconv.FormatInt(lastLock.Add(1), 10) + " " + kind + " " + l.Name
	l.words.CompareAndSwap(nil, &lockWords{
		want:     wantCategory + what,
		got:      gotCategory + what,
		released: releasedPrefix + what,
	})
	return l.words.Load()
}

func decodeLock(op, rest string) (Event, bool) {
	ops := map[string]Op{"want": OpWant, "got": OpGot, "released": OpReleased}
	words := strings.SplitN(rest, " ", 3)
	if len(words) != 3 {
		return Event{}, false
	}
	id, err := strconv.Atoi(words[0])
	return Event{Op: ops[op], ID: id, Kind: words[1], Name: words[2]}, err == nil
}
