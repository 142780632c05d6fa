// Package wire is what the judge, inside of the program under judgement, and
// the engine, outside of it, say to each other. It is apart from the judge
// because linking the judge limits the process that it is linked into.
package wire

// Mark begins the line of an event; testing's own lines never begin with it. The
// run's token follows, which the program under judgement cannot know: for a
// moment before the first check, what it prints arrives on the channel, too.
const Mark = "\x17"

// TokenLength is how many bytes a token has. The engine sends it through the pipe by
// which the judge knows that the engine lives.
const TokenLength = 26

// What a program that is judged has, by file descriptor.
const (
	Channel    = 3 // on which it tells events
	Lifeline   = 4 // a pipe whose other end is open as long as whoever listens lives
	NotesFile  = 5
	RecordFile = 6 // a file that holds a record.Log, if the run is recorded
)

// Event is what the judge itself reports about the check that runs.
type Event struct {
	Kind  string `json:"kind"` // one of the constants below
	Test  string `json:"test"`
	Text  string `json:"text"`  // the panic's value, or what was used up
	Stack string `json:"stack"` // goroutines, as the runtime prints them

	Waits []Wait `json:"waits,omitempty"` // in a deadlock: who waits for whose lock

	Children []string `json:"children,omitempty"` // in a deadlock: the child processes' goroutines, a dump each

	Waiting int `json:"waiting,omitempty"` // when the time was up: how many child processes there were, if all waited
}

// Wait is a goroutine that waits for a lock.
type Wait struct {
	ID        int32  `json:"id"`        // its number in the record of a run
	Goroutine uint64 `json:"goroutine"` // its number in Stack
	Holder    uint64 `json:"holder"`    // who has the lock; 0: nobody that is known
}

// What a judge reports.
const (
	Passed     = "passed" // testing has to say so as well: its cleanup is still to come
	Deadlock   = "deadlock"
	Leak       = "leak"
	Timeout    = "timeout"
	Panic      = "panic"
	Memory     = "memory"
	Fault      = "fault"      // nothing can be judged, which is not the program's doing
	Unfinished = "unfinished" // it has had all the steps that it may have
)
