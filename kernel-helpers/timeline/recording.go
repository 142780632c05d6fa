package timeline

import "time"

// Recording is what happened while a function ran. All times count from its
// beginning.
type Recording struct {
	wall  time.Duration
	lanes []Lane
	wakes []Wake
	path  []Step // see CriticalPath
	cores int    // that this process uses
	name  string // for a comparison
	note  string // why it is not whole; "" if it is

	machine int  // the cores that there are, for its children
	stalled bool // it ended because nothing could run any more
}

// Lane is what one goroutine or process did, or who held one lock.
type Lane struct {
	Name   string // for people: two lanes may have the same
	Kind   Kind
	PID    int           // of the child process that it belongs to, else 0
	Parent int           // index in Lanes of the one that started it, or NoLane
	Status string        // how a process ended, if not well
	Start  time.Duration // when it came to be, or 0
	End    time.Duration // when it ended, or the recording did
	CPU    time.Duration // processor time of a process, or 0: its spans do not show when the system gave its core to others
	Spans  []Span        // in order; they do not overlap

	outlives bool // a goroutine that began in the recording, and had not ended when that did
}

// Kind is what a lane stands for.
type Kind int

// The kinds of lanes.
const (
	Main    Kind = iota + 1 // the goroutine that called Record
	Thread                  // a goroutine that it, or one of its, started
	Process                 // the main goroutine of a child process
	Lock
)

var kindNames = [...]string{Main: "main", Thread: "thread", Process: "process", Lock: "lock"}

func (k Kind) String() string { return kindNames[k] }

// Span is a stretch of time on a lane.
type Span struct {
	Start, End time.Duration
	State      State
	For        string // what it waits for ("lock mu"); who holds a lock
	Line       string // the reader's line where it waits, or ""

	On int // index in Lanes of the lock that For means, of who (first) holds one, or NoLane
	By int // index in Lanes of the lane that let it go on at End, or NoLane

	Critical bool // it lies on the critical path, at least in part
}

// NoLane stands where an index in Lanes would, if there is none: what a span waits
// for has no lane (a channel, a lock of package sync), or a timer ended it.
const NoLane = -1

// State is what a lane does during a span.
type State int

// The states of a lane.
const (
	Running    State = iota + 1 // has a core, as far as Go can tell
	Ready                       // could run, but no core is free
	Contending                  // waiting for a lock
	Waiting                     // for a value, a thread's or a process's end, ...: anything but a lock
	Sleeping                    // until a time that it chose
	IO                          // waiting for the network, a file, another program
	Held                        // a lock: by the lane that For names
)

var stateNames = [...]string{Running: "running", Ready: "ready", Contending: "waiting for a lock", Waiting: "waiting", Sleeping: "sleeping", IO: "waiting for input or output", Held: "held"}

func (s State) String() string { return stateNames[s] }

// underWay reports whether a lane in this state gets on with its work: it is not
// held up by another lane.
func (s State) underWay() bool {
	return s == Running || s == Ready || s == Sleeping || s == IO
}

// heldUp reports whether a lane in this state waits for another lane.
func (s State) heldUp() bool { return s == Contending || s == Waiting }

// Wake tells that a lane let another go on: it handed a lock over, sent on a
// channel, started a process.
type Wake struct {
	From, To int // indexes of Lanes
	At       time.Duration
	What     string
}

// Wall returns how long the recorded function ran.
func (r *Recording) Wall() time.Duration { return r.wall }

// Lanes returns the lanes: first the goroutine that called Record, then those
// that were started, in order, then processes, then locks.
func (r *Recording) Lanes() []Lane { return r.lanes }

// Wakes returns who let whom go on, in order.
func (r *Recording) Wakes() []Wake { return r.wakes }

// Busy returns the time spent running, summed over all lanes. For a child process
// that is the processor time that it used, all its threads together.
func (r *Recording) Busy() time.Duration {
	var sum time.Duration
	for _, lane := range r.lanes {
		sum += lane.busy()
	}
	return sum
}

func (l *Lane) busy() time.Duration {
	switch {
	case l.CPU > 0:
		return l.CPU
	case l.Kind == Thread && l.PID != 0:
		return 0 // in its process's
	}
	return l.total(func(s Span) bool { return s.State == Running })
}

// total returns how long the lane was in the spans that match.
func (l *Lane) total(match func(Span) bool) time.Duration {
	var sum time.Duration
	for _, s := range l.Spans {
		if match(s) {
			sum += s.End - s.Start
		}
	}
	return sum
}

// Overlap returns how many lanes there were on average: the sum of their
// lifetimes divided by the wall time. One after the other gives about 1 besides
// the main lane's own 1; five that overlap wholly give 6.
func (r *Recording) Overlap() float64 {
	if r.wall == 0 {
		return 0
	}
	var sum time.Duration
	for _, lane := range r.lanes {
		if lane.Kind != Lock {
			sum += lane.End - lane.Start
		}
	}
	return float64(sum) / float64(r.wall)
}
