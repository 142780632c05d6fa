package eventloop

// Event is a flag that tasks can wait for. [NewEvent] makes it.
type Event struct {
	loop    *Loop
	isSet   bool
	waiters line
}

// NewEvent returns an event that is not set.
func NewEvent(loop *Loop, name string) *Event {
	return &Event{loop: loop, waiters: line{what: "event " + name}}
}

// Wait waits until the event is set. The error tells that the task was cancelled.
func (e *Event) Wait() error {
	t, err := e.loop.waiter("Wait of an event")
	if err != nil || e.isSet {
		return err
	}
	return e.waiters.wait(t)
}

// Set sets the event: every task that waits for it goes on.
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
