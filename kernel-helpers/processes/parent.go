package processes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/panics"
)

// child is the parent's view of a process that runs.
type child struct {
	name   string
	pid    int
	conn   *conn
	line   line // the socket, or a link beside it
	stdout *output
	stderr *output
	silent bool // it owed an answer when it ended, and so has no more of them

	mu        sync.Mutex    // protects what follows
	reaped    bool          // the system may have forgotten its number
	reason    error         // why it was killed here
	held      []*segment    // what it was given of what processes share
	recording *events.Child // the last one that has the child, or nil
	released  bool          // it has ended, and holds nothing

	said  *os.File      // what it said before its function began
	ended chan struct{} // closed when it has ended and all its output is shown

	// Set before ended is closed.
	state *os.ProcessState
	early string // what it said, if its function never began
	crash string // the Go runtime's last words
}

// startChild starts a process for e under a label. It is killed when ctx is done.
// The caller closes its conn, having read what it wants.
func startChild(ctx context.Context, e *entry, label string) (*child, error) {
	if ctx.Err() != nil {
		return nil, notStarted(label, context.Cause(ctx))
	}
	c := &child{name: label, ended: make(chan struct{})}
	process, err := c.launch(e)
	if err != nil {
		return nil, e.errorf("the process could not be started: %w", err)
	}
	c.record()
	unwatch := context.AfterFunc(ctx, func() { c.kill(context.Cause(ctx)) })
	go func() {
		defer unwatch()
		c.reap(process)
	}()
	return c, nil
}

// launch opens what the process is given, and starts it.
func (c *child) launch(e *entry) (p *os.Process, err error) {
	var given []*os.File // the child's; the parent's copies are closed
	defer func() {
		for _, f := range given {
			f.Close()
		}
		if err != nil {
			c.close()
		}
	}()
	keep := func(f *os.File) *os.File {
		given = append(given, f)
		return f
	}
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	keep(null)
	if c.said, err = unnamedFile(); err != nil {
		return nil, err
	}
	var pipes [2]*os.File
	for i, stream := range []struct {
		at   **output
		made func(label string, from *os.File) (*output, error)
	}{{&c.stdout, newStdout}, {&c.stderr, newStderr}} {
		r, w, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		pipes[i] = keep(w)
		if *stream.at, err = stream.made(c.name, r); err != nil {
			return nil, err
		}
	}
	parentEnd, childEnd, err := socketPair()
	if err != nil {
		return nil, err
	}
	keep(childEnd)
	if c.conn, err = newConn(parentEnd); err != nil {
		return nil, err
	}
	c.line = c.conn

	roster, err := rosterFile()
	if err != nil {
		return nil, err
	}

	attr := &os.ProcAttr{
		Files: []*os.File{null, null, c.said, connFD: childEnd, rosterFD: roster, stdoutFD: pipes[0], stderrFD: pipes[1]},
		Env:   childEnv(),
		Sys:   attributes(),
	}
	argv := append([]string{os.Args[0], "-" + childFlag + "=" + e.name}, os.Args[1:]...)
	if p, err = spawn(argv, attr); err != nil {
		return nil, err
	}
	c.pid = p.Pid
	go c.stdout.stream()
	go c.stderr.stream()
	return p, nil
}

// childEnv is the environment of a child: without the kernel's pipes, which only
// one process can talk through, and with what a recording asks for.
func childEnv() []string {
	var env []string
	godebug := events.ChildEnv
	for _, variable := range os.Environ() {
		if setting, ok := strings.CutPrefix(variable, "GODEBUG="); ok && setting != "" {
			godebug = setting + "," + godebug
		}
		if !strings.HasPrefix(variable, "GONB_PIPE") {
			env = append(env, variable)
		}
	}
	if events.On() {
		env = append(env, "GODEBUG="+godebug)
	}
	return env
}

// record lets the child record itself, if a recording runs that does not have it
// yet.
func (c *child) record() {
	if !events.On() {
		return
	}
	if recording := c.newRecording(); recording != nil {
		// Should the child be gone, the call that follows will tell.
		c.line.send(message{kind: kindRecord, files: []*os.File{recording.File()}})
		recording.Started(c.pid)
	}
}

// newRecording returns what the child is recorded with from now on, or nil.
func (c *child) newRecording() *events.Child {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.released || c.recording != nil && !c.recording.Over() {
		return nil
	}
	recording, ok := events.RecordChild(c.name)
	if !ok {
		return nil
	}
	c.recording = recording
	return recording
}

// kill ends the process and whatever it has started. The first reason counts.
func (c *child) kill(reason error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.reaped { // the number may by now be another's
		return
	}
	if c.reason == nil {
		c.reason = reason
	}
	syscall.Kill(-c.pid, syscall.SIGKILL)
}

// over reports whether the process has ended, or is about to be killed.
func (c *child) over() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.reaped || c.reason != nil
}

// reap waits for the end of the process and shows what it still had to say.
func (c *child) reap(p *os.Process) {
	state, err := waitFor(p, c.killRest)
	c.mu.Lock()
	c.reaped = true
	if c.reason == nil {
		c.reason = err
	}
	c.mu.Unlock()
	reaped()
	c.state = state
	c.release() // others may wait for what it had, and to show the rest takes a while
	c.stdout.finish(false)
	c.crash = c.stderr.finish(state.ExitCode() == crashStatus)
	c.early = saidEarly(c.said)
	c.said.Close()
	close(c.ended)
}

// killRest ends what the process, which has ended, has left behind.
func (c *child) killRest() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reaped = true
	syscall.Kill(-c.pid, syscall.SIGKILL)
}

// hold notes that the child has segments of this process.
func (c *child) hold(shared []*segment) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range shared {
		if !c.released && !slices.Contains(c.held, s) {
			c.held = append(c.held, s)
			s.holderBegins()
		}
	}
}

// release notes that it has them no more.
func (c *child) release() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.released = true
	if c.recording != nil {
		c.recording.Ended(c.ending(), c.used())
	}
	for _, s := range c.held {
		s.holderEnds()
	}
	c.held = nil
}

func (c *child) close() {
	if c.said != nil {
		c.said.Close()
	}
	for _, o := range []*output{c.stdout, c.stderr} {
		if o != nil {
			o.from.Close()
		}
	}
	if c.conn != nil {
		c.conn.close()
	}
}

// link makes the line to the child one for many calls.
func (c *child) link() error {
	if !hasFutex {
		return nil
	}
	l, m, err := newLink(c.conn)
	if err != nil {
		return err
	}
	c.hold(m.shared)
	c.conn.send(m) // should the child be gone, the first call will tell
	c.line = l
	return nil
}

// request asks the child for an answer. Should the child be gone, there is none.
func (c *child) request(m message) {
	m.kind = kindCall
	c.hold(m.shared)
	c.line.send(m)
}

// answer waits for the answer to the first request that has none, and reads it into
// the envelope result. If the child ends instead, the error says how.
func (c *child) answer(answers *decoder, t *carried, result any) error {
	answer, err := c.line.receive()
	if err != nil {
		c.silent = true
		<-c.ended
		return c.exitError()
	}
	text := string(answer.body[:min(len(answer.body), maxText)])
	switch answer.kind {
	case kindResult:
		if err := answers.decode(t, answer, result); err != nil {
			return fmt.Errorf("processes: %s: its result cannot be read: %w", c.name, err)
		}
		return nil
	case kindError:
		return errors.New(text)
	case kindPanic:
		value, stack, _ := strings.Cut(text, "\x00")
		return &ExitError{Name: c.name, Pid: c.pid, Code: crashStatus, Panic: value, Stack: panics.Lines(stack)}
	case kindGoexit:
		return fmt.Errorf("processes: %s: the function called runtime.Goexit, so there is no result", c.name)
	case kindUnreadable:
		return fmt.Errorf("processes: %s: its argument cannot be read in the child: %s", c.name, text)
	case kindUnsendable:
		return fmt.Errorf("processes: %s: its result cannot travel to another process: %s", c.name, text)
	case kindUnknown:
		return fmt.Errorf("processes: %s: the child has no function of this name: declare it at package level, in the same way whenever the program starts", c.name)
	}
	return fmt.Errorf("processes: %s: an answer of unknown kind %d", c.name, answer.kind)
}

// maxText is how much of an answer in words is kept, in bytes.
const maxText = 1 << 20
