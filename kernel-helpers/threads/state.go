package threads

import "fmt"

// State is how far a thread has come.
type State int

// The states of a thread.
const (
	NotStarted State = iota
	Running          // or waiting
	Ended
)

// foreign is the state of a goroutine that this package did not start.
const foreign = uint32(Ended) + 1

// String returns "not started", "running" or "ended".
func (s State) String() string {
	switch s {
	case NotStarted:
		return "not started"
	case Running:
		return "running"
	case Ended:
		return "ended"
	}
	return fmt.Sprintf("State(%d)", int(s))
}

// State returns how far the thread has come.
func (t *Thread) State() State {
	if s := t.state.Load(); s != foreign {
		return State(s)
	}
	return Running
}

// IsAlive reports whether the thread was started and has not ended.
func (t *Thread) IsAlive() bool { return t.State() == Running }

// IsDaemon reports whether the thread ends with the cell.
func (t *Thread) IsDaemon() bool { return t.options&Daemon != 0 }

// String tells what is known of the thread, for prints: "thread worker 1 (running)".
func (t *Thread) String() string {
	what, state := "thread", t.State().String()
	if t.IsDaemon() {
		what = "daemon thread"
	}
	if id := t.OSThread(); id != 0 {
		state += fmt.Sprintf(", pinned to OS thread %d", id)
	}
	return fmt.Sprintf("%s %s (%s)", what, t.name, state)
}
