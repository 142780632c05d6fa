package timeline

import (
	"slices"
	"sync"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// reels is what was read of a tape so far: a history of this process and one of each
// child, which go on where they were left when there is more to read.
type reels struct {
	mu       sync.Mutex // protects all below, and the histories
	own      *history
	children map[int]*history // by the child's number
}

// build reads on and returns the recording with a number.
func (r *reels) build(w written, number int) *Recording {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.readOn(w)
	children := make([]child, len(w.children))
	for i, record := range w.children {
		children[i] = child{record, r.children[record.ID]}
	}
	rec := build(r.own, children, number)
	full := slices.ContainsFunc(w.streams, (*events.Buffer).Full) ||
		slices.ContainsFunc(w.children, func(c events.ChildRecord) bool { return c.Trace.Full() })
	if full && rec.note == "" {
		rec.note = "So much happened that only the beginning was kept"
	}
	return rec
}

// readOn reads what came since the last time.
func (r *reels) readOn(w written) {
	if r.own == nil {
		r.own, r.children = newHistory(), map[int]*history{}
	}
	for i := len(r.own.streams); i < len(w.streams); i++ {
		r.own.follow(w.streams[i])
	}
	r.own.readOn()
	for _, c := range w.children {
		h := r.children[c.ID]
		if h == nil {
			h = newHistory()
			h.follow(c.Trace)
			r.children[c.ID] = h
		}
		h.readOn()
	}
}

// end is to be called when nothing will be read any more.
func (r *reels) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.own != nil {
		r.own.end()
	}
	for _, h := range r.children {
		h.end()
	}
}

// anyRanInTheLast reads on and reports whether a goroutine ran since the tracer was
// last switched on. See [history.anyRanInTheLastStream].
func (r *reels) anyRanInTheLast(w written) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.readOn(w)
	return r.own.anyRanInTheLastStream()
}
