package eventloop

import "time"

// Recording is what the tasks of a loop did, on the loop's clock. [Record] makes it.
type Recording struct {
	Wall   time.Duration // on the loop's clock, until the last task ended
	Real   time.Duration // how long that took
	Turns  int           // how often a task got its turn
	Lanes  []Lane        // one for each task, in the order in which they were started
	Locks  []Lock        // mutexes and semaphores that were held, in the order of their first use
	isReal bool
	wakes  []wakeUp
	turns  []turnAt // in order
}

// Lane is what one task did.
type Lane struct {
	Task  string
	Spans []Span // in order
}

// Span is a stretch of a task's time. A turn is a span even if it took no time on
// the loop's clock.
type Span struct {
	Start, End time.Duration
	State      State
	For        string // what it waits for: "a value in queue orders"; "" if it does not
	Line       string // the reader's line in which it waits
}

// State is what a task does.
type State int

// The states of a task.
const (
	Ready      State = iota + 1 // could go on, but another has its turn
	Running                     // has its turn
	Sleeping                    // until a time
	Waiting                     // for another task, a queue, an event, ...
	Contending                  // for a mutex or a semaphore that others hold
)

// String returns "ready", "running", "sleeping", "waiting" or "contending"; "" for the
// zero State, which no span has.
func (s State) String() string {
	return [...]string{"", Ready: "ready", Running: "running", Sleeping: "sleeping", Waiting: "waiting", Contending: "contending"}[s]
}

// turnAt says which span a turn is.
type turnAt struct{ lane, span int }

// wakeUp tells that one task let another go on.
type wakeUp struct {
	from, to int // lanes
	at       time.Duration
}

// Record is [Run] that returns what happened, too. If Run would panic so does Record,
// and there is no recording: [Show] draws it even then.
func Record(main func(loop *Loop) error, options ...Option) (*Recording, error) {
	l := newLoop(options)
	rec := l.record()
	err := l.run(main)
	return rec, err
}

// record begins a recording, which is whole when run returns.
func (l *Loop) record() *Recording {
	l.recorder = &recorder{loop: l, rec: &Recording{isReal: l.isReal}, now: map[*task]began{}, locks: map[*primitive]int{}}
	return l.recorder.rec
}

// recorder writes a Recording. A nil recorder records nothing.
type recorder struct {
	loop *Loop
	rec  *Recording
	now  map[*task]began // what each task does

	locks map[*primitive]int // where in rec.Locks each is
}

// began is where a task's lane is, and since when it does what it does.
type began struct {
	lane  int
	since time.Duration
	state State
	what  string
	line  string
}

func (r *recorder) begin(t *task) {
	if r == nil {
		return
	}
	r.now[t] = began{lane: len(r.rec.Lanes), since: r.loop.clock(), state: Ready}
	r.rec.Lanes = append(r.rec.Lanes, Lane{Task: t.Name()})
	if by := r.loop.running; by != nil {
		r.wake(t, by)
	}
}

// change ends what t did and begins what it does now.
func (r *recorder) change(t *task, next began) {
	now := r.loop.clock()
	was := r.now[t]
	lane := &r.rec.Lanes[was.lane]
	switch {
	case was.state == Running:
		r.rec.turns = append(r.rec.turns, turnAt{was.lane, len(lane.Spans)})
		fallthrough
	case was.state != 0 && now > was.since:
		lane.Spans = append(lane.Spans, Span{was.since, now, was.state, was.what, was.line})
	}
	next.lane, next.since = was.lane, now
	r.now[t] = next
}

func (r *recorder) running(t *task) {
	if r != nil {
		r.rec.Turns++
		r.change(t, began{state: Running})
	}
}

func (r *recorder) waiting(t *task, on awaitable) {
	if r == nil {
		return
	}
	switch on := on.(type) {
	case *line:
		state := Waiting
		if on.isLock {
			state = Contending
		}
		r.change(t, began{state: state, what: on.describe(), line: readerLine()})
	case *nap:
		r.change(t, began{state: Sleeping, line: readerLine()})
	case *turn:
		r.change(t, began{state: Ready})
	default:
		r.change(t, began{state: Waiting, what: on.describe(), line: readerLine()})
	}
}

func (r *recorder) woken(t, by *task) {
	if r == nil {
		return
	}
	r.change(t, began{state: Ready})
	if by != nil {
		r.wake(t, by)
	}
}

func (r *recorder) wake(t, by *task) {
	if by != t {
		r.rec.wakes = append(r.rec.wakes, wakeUp{r.now[by].lane, r.now[t].lane, r.loop.clock()})
	}
}

func (r *recorder) end(t *task) {
	if r == nil {
		return
	}
	r.change(t, began{})
	r.rec.Wall = max(r.rec.Wall, r.now[t].since)
	r.rec.Real = time.Since(r.loop.epoch)
}
