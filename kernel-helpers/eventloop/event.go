package eventloop

// Event is a flag that tasks can wait for, asyncio's Event. [NewEvent] makes it; its
// zero value is of no use.
type Event struct {
	primitive
	isSet   bool
	waiters line
}

// NewEvent returns an event that is not set. Charts and messages call it by its name;
// without one, "", by the variable on the line that calls NewEvent.
func NewEvent(loop *Loop, name string) *Event {
	e := &Event{primitive: newPrimitive(loop, "event", name)}
	e.waiters.what = e.title
	return e
}

// Wait waits until the event is set. The error tells that the task was cancelled.
func (e *Event) Wait() error {
	t, err := e.loop.waiter("Wait of an event")
	if err != nil || e.isSet {
		return err
	}
	return e.waiters.wait(t)
}

// Set sets the event: every task that waits for it goes on, even if it is cleared
// before they have their turns. Setting it again changes nothing.
func (e *Event) Set() {
	e.loop.check("Set")
	e.isSet = true
	e.waiters.wakeAll()
}

// Clear takes the event back: from now on Wait waits for the next Set.
func (e *Event) Clear() {
	e.loop.check("Clear")
	e.isSet = false
}

// IsSet reports whether the event is set.
func (e *Event) IsSet() bool {
	e.loop.check("IsSet")
	return e.isSet
}

// Waiting returns the names of the tasks that wait, in their order.
func (e *Event) Waiting() []string {
	e.loop.check("Waiting")
	return e.waiters.names()
}

// String tells whether the event is set, and who waits for it: "Event open: not set;
// A, B wait".
func (e *Event) String() string {
	state := "not set"
	if e.isSet {
		state = "set"
	}
	return e.describe("Event", state, e.waiters.names())
}
