package events

import (
	"sync"
	"sync/atomic"
	"time"
)

// Tape is what recordings that overlap keep in common: the trace of this process
// and those of its children. At any time there is one at most.
type Tape struct {
	room     atomic.Int64 // bytes that it may still keep
	children []*Child     // protected by current
}

// current is the open tape, or nil.
var current struct {
	sync.Mutex
	tape *Tape
}

// ChildRecord is what a tape has of one child.
type ChildRecord struct {
	ID     int
	Name   string
	PID    int     // 0 if it never started
	Status string  // what Ended was told; "" while it runs and if it ended well
	Trace  *Buffer // the child's own trace; it may break off, and grows until Finish
}

// Open returns a new tape. Child processes are recorded on it until [Tape.Close].
func Open() *Tape {
	t := &Tape{}
	t.room.Store(MaxTrace)
	current.Lock()
	defer current.Unlock()
	current.tape = t
	return t
}

// NewBuffer returns a buffer that shares the tape's room.
func (t *Tape) NewBuffer() *Buffer { return &Buffer{room: &t.room} }

// Close ends the tape: no child is recorded on it any more.
func (t *Tape) Close() {
	current.Lock()
	defer current.Unlock()
	if current.tape == t {
		current.tape = nil
	}
}

// Finish asks children of a closed tape that still run for what they have, waits for
// it, at most for patience, and returns what there is of all children.
func (t *Tape) Finish(patience time.Duration) []ChildRecord {
	children := t.recorded()
	for _, c := range children {
		c.finish(patience)
	}
	for _, c := range children {
		<-c.done
		c.conn.Close()
	}
	return t.Children()
}

// Children returns what there is of the children so far.
func (t *Tape) Children() []ChildRecord {
	children := t.recorded()
	records := make([]ChildRecord, len(children))
	for i, c := range children {
		records[i] = c.record()
	}
	return records
}

func (t *Tape) recorded() []*Child {
	current.Lock()
	defer current.Unlock()
	return t.children
}

func (c *Child) record() ChildRecord {
	c.mu.Lock()
	defer c.mu.Unlock()
	return ChildRecord{ID: c.id, Name: c.name, PID: c.pid, Status: c.status, Trace: c.data}
}
