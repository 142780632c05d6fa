package events

import (
	"fmt"
	"os"
	"runtime/trace"
	"sync"
	"time"
)

// Child is a child process that a recording follows. Its methods may be called
// after the recording has ended.
//
// The child's recorder and the parent hold the two ends of a socket. The child
// writes its own trace into it. The parent ends the recording by closing its
// side for writing: the child then flushes what it has, so that a child which
// runs on is drawn up to the recording's end. Of a child that is killed the
// parent has what it flushed until then (see [ChildEnv]).
type Child struct {
	tape *Tape
	id   int
	name string
	conn *os.File // the parent's end

	mu     sync.Mutex
	file   *os.File // the child's end, until it has been passed on
	pid    int
	status string

	data *Buffer // written by the reading goroutine until done is closed
	done chan struct{}
}

// ChildEnv is a setting for a recorded child's environment (a value for GODEBUG,
// to be joined to others with a comma): it flushes its trace often, so that
// little is lost if it is killed.
const ChildEnv = "traceadvanceperiod=50000000" // nanoseconds

// RecordChild tells that a child process called name is about to be started.
// It reports false, and there is nothing to do, when no recording runs or when
// the system refuses a socket: a recording never stops a program.
func RecordChild(name string) (c *Child, ok bool) {
	current.Lock()
	defer current.Unlock()
	tape := current.tape
	if tape == nil {
		return nil, false
	}
	conn, file, err := socketPair()
	if err != nil {
		return nil, false
	}
	c = &Child{
		tape: tape, id: len(tape.children) + 1, name: name,
		conn: conn, file: file, data: tape.NewBuffer(), done: make(chan struct{}),
	}
	tape.children = append(tape.children, c)
	go c.read()
	return c, true
}

// File is the child's end, to be passed to it as an extra file and there given
// to [ServeChild]. Started and Ended close it.
func (c *Child) File() *os.File {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.file
}

// Started tells that the process runs.
func (c *Child) Started(pid int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pid = pid
	c.closeFile()
	if trace.IsEnabled() {
		trace.Log(background, startedCategory, fmt.Sprint(c.id, " ", pid))
	}
}

// Ended tells that the process has ended, how, in a few words ("exit status 1",
// "killed"; "" if it ended well), and how much processor time it used in its whole
// life, or 0 if that is not known. It is also to be called when the process could not
// be started at all.
func (c *Child) Ended(status string, used time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = status
	c.closeFile()
	if trace.IsEnabled() {
		trace.Log(background, endedCategory, fmt.Sprint(c.id, " ", used.Nanoseconds()))
	}
}

// closeFile gives up the parent's copy of the child's end: as long as one is
// open, the end of the child's trace cannot be seen.
func (c *Child) closeFile() {
	if c.file != nil {
		c.file.Close()
		c.file = nil
	}
}

func decodeChild(op, message string) (Event, bool) {
	if op == "ended" {
		e := Event{Op: OpEnded}
		_, err := fmt.Sscan(message, &e.ID, &e.CPU)
		return e, err == nil
	}
	e := Event{Op: OpStarted}
	_, err := fmt.Sscan(message, &e.ID, &e.PID)
	return e, err == nil
}
