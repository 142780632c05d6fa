package events

import (
	"sync"
	"time"
)

// tape is what recordings under way share.
var tape struct {
	sync.Mutex
	recordings int // how many are under way
	children   []*Child
}

// ChildRecord is what a recording has of one child.
type ChildRecord struct {
	ID     int
	Name   string
	PID    int    // 0 if it never started
	Status string // what Ended was told; "" while it runs and if it ended well
	Trace  []byte // the child's own trace; it may break off
}

// Open lets child processes be recorded, until the matching [Close].
func Open() {
	tape.Lock()
	defer tape.Unlock()
	tape.recordings++
}

// Close ends a recording. The last of the recordings under way asks children
// that still run for what they have and waits for it, at most for patience.
// Others get what is there.
func Close(patience time.Duration) []ChildRecord {
	tape.Lock()
	children := tape.children
	tape.recordings--
	last := tape.recordings == 0
	if last {
		tape.children = nil
	}
	tape.Unlock()

	if last {
		for _, c := range children {
			c.finish(patience)
		}
		for _, c := range children {
			<-c.done
			c.conn.Close()
		}
	}
	return recordsOf(children)
}

// Children returns what there is of the children so far.
func Children() []ChildRecord {
	tape.Lock()
	defer tape.Unlock()
	return recordsOf(tape.children)
}

func recordsOf(children []*Child) []ChildRecord {
	records := make([]ChildRecord, len(children))
	for i, c := range children {
		records[i] = c.record()
	}
	return records
}

func (c *Child) record() ChildRecord {
	c.mu.Lock()
	defer c.mu.Unlock()
	return ChildRecord{ID: c.id, Name: c.name, PID: c.pid, Status: c.status, Trace: c.data.Bytes()}
}
