package events

import (
	"runtime/trace"
	"strconv"
	"strings"
	"sync/atomic"
)

// Lock is the lane of a lock, or of something else that is waited for. Its zero
// value is a lock without a name; its fields may be set until its first use. It
// must not be copied after that.
type Lock struct {
	Kind    string // "lock" if empty
	Name    string
	Shared  bool // several may hold it at once: a semaphore, or, of kind "lock", readers
	Permits int  // of a shared one: how many may hold it; 0 is any number

	// Identity is the same number in every process that has the lock, so that a
	// recording knows it for one. 0 is a lock of this process alone.
	Identity uint64

	words atomic.Pointer[lockWords] // spelt once: a log then allocates nothing
}

// NewLock returns the lane of a lock of a kind ("lock") and with a name, which
// may be empty.
func NewLock(kind, name string) *Lock { return &Lock{Kind: kind, Name: name} }

// Want tells that the calling goroutine begins to wait for the lock.
func (l *Lock) Want() {
	if trace.IsEnabled() {
		tell(l.spelt().want)
	}
}

// Got tells that the calling goroutine now holds the lock, which ends a wait.
// Call it once the lock is held, so that two holders never overlap.
func (l *Lock) Got() {
	if trace.IsEnabled() {
		tell(l.spelt().got)
	}
}

// GotAlone tells that the calling goroutine now holds a Shared lock, and nobody
// beside it: a writer.
func (l *Lock) GotAlone() {
	if trace.IsEnabled() {
		tell(l.spelt().alone)
	}
}

// Released tells that the lock is given up. Call it while it is still held.
func (l *Lock) Released() {
	if trace.IsEnabled() {
		tell(l.spelt().released)
	}
}

// Quit tells that the calling goroutine no longer waits and does not hold the
// lock: the wait timed out, or what it waited for is held by nobody, such as an
// event.
func (l *Lock) Quit() {
	if trace.IsEnabled() {
		tell(l.spelt().quit)
	}
}

// tell is of its own so that what calls it is inlined: a branch while nothing
// records.
//
//go:noinline
func tell(words string) { trace.Log(background, words, "") }

type lockWords struct{ want, got, alone, released, quit string }

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
	what := " " + strconv.FormatInt(lastLock.Add(1), 10)
	if l.Identity != 0 {
		what += identified + strconv.FormatUint(l.Identity, 16)
	}
	what += " "
	if l.Shared {
		what += strconv.Itoa(l.Permits)
	} else {
		what += unshared
	}
	what += " " + kind + " " + l.Name
	l.words.CompareAndSwap(nil, &lockWords{
		want:     prefix + "want" + what,
		got:      prefix + "got" + what,
		alone:    prefix + "alone" + what,
		released: prefix + "released" + what,
		quit:     prefix + "quit" + what,
	})
	return l.words.Load()
}

const (
	unshared   = "-" // stands where a shared lock has its number of permits
	identified = "@" // stands between a lock's number and its identity
)

var lockOps = map[string]Op{"want": OpWant, "got": OpGot, "alone": OpGotAlone, "released": OpReleased, "quit": OpQuit}

func decodeLock(op, rest string) (Event, bool) {
	words := strings.SplitN(rest, " ", 4)
	if len(words) != 4 {
		return Event{}, false
	}
	number, identity, across := strings.Cut(words[0], identified)
	id, err := strconv.Atoi(number)
	e := Event{Op: lockOps[op], ID: id, Kind: words[2], Name: words[3]}
	if across && err == nil {
		e.Identity, err = strconv.ParseUint(identity, 16, 64)
	}
	if words[1] != unshared && err == nil {
		e.Shared = true
		e.Permits, err = strconv.Atoi(words[1])
	}
	return e, err == nil
}
