package drawing

// State is what a lane does during a span.
type State string

const (
	Running    State = "running"    // on a core
	Ready      State = "ready"      // could run, waits for a core
	Contending State = "contending" // waiting for a lock
	Waiting    State = "waiting"    // for anything else: a value, an end, input
	Sleeping   State = "sleeping"   // until a time
	Held       State = "held"       // a lock, by the thread in the span's label
	Fault      State = "fault"      // what goes wrong
)

// Kind is what a lane stands for.
type Kind string

const (
	Thread  Kind = "thread"
	Process Kind = "process"
	Lock    Kind = "lock"
)
