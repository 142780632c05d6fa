package processes

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// This file is what happens in a child.
//
// The parent starts its own program again with -interleave.child=NAME in front
// of the arguments. Here init registers that flag, and main's flag.Parse meets
// it: by then every initialiser and init function of the program has run, and
// nothing of main.

// childFlag is the flag that makes a process a child.
const childFlag = "interleave.child"

// Where a child finds what the parent gave it, besides stdin, stdout and stderr.
const (
	connFD   = 3 // the socket
	rosterFD = 4
	stdoutFD = 5 // pipes that the parent shows
	stderrFD = 6
)

// maxStack bounds a goroutine's stack in a child, in bytes: an endless recursion
// shall end within a second, and not take the machine's memory several times.
const maxStack = 256 << 20

// inChild is true in a child, dispatched once its function is about to run.
var inChild, dispatched bool

func init() {
	if len(os.Args) > 1 && strings.HasPrefix(os.Args[1], "-"+childFlag+"=") {
		inChild = true
		flag.Func(childFlag, "run one function of the program (set by package processes)", dispatch)
	}
}

// dispatch runs in place of the rest of main, and never returns.
func dispatch(name string) error {
	os.Args = append(os.Args[:1], os.Args[2:]...)
	flag.CommandLine.Parse(os.Args[1:]) // the program's own flags hold here as well
	dispatched = true
	debug.SetMaxStack(maxStack)
	if err := serve(name); err != nil {
		fmt.Fprintln(os.Stderr, "processes:", err)
		os.Exit(1)
	}
	os.Exit(0)
	return nil
}

// mustBeDispatched ends a child whose main has gone past the place where it
// should have turned to its function: it would start children without end.
func mustBeDispatched() {
	if inChild && !dispatched {
		fmt.Fprintln(os.Stderr, "main started a process before it called flag.Parse: make flag.Parse() its first line")
		os.Exit(2)
	}
}

// serve answers calls until the parent has no more.
func serve(name string) error {
	unix.CloseOnExec(connFD)
	err := unix.SetNonblock(connFD, true)
	if err == nil {
		err = beginOutput()
	}
	if err != nil {
		return fmt.Errorf("-%s is set by the process that starts a child, not by hand", childFlag)
	}
	if _, err := rosterFile(); err != nil {
		return err
	}
	c, err := newConn(os.NewFile(connFD, "parent"))
	if err != nil {
		return err
	}
	nameProcess(name)
	e := lookup(name)
	if e == nil {
		return c.send(message{kind: kindUnknown})
	}
	s := &server{conn: c, line: c, entry: e, stopRecording: func() {}}
	for {
		// The calls have a goroutine of their own, which runtime.Goexit may end.
		ended := make(chan error, 1)
		go func() {
			err := errGoexit
			defer func() { ended <- err }()
			err = s.answerCalls()
		}()
		if err := <-ended; err != errGoexit {
			return err
		}
		if more, err := s.answer(message{kind: kindGoexit}); !more {
			return err
		}
	}
}

var errGoexit = errors.New("runtime.Goexit")

// server is the child's side of a connection.
type server struct {
	conn          *conn
	line          line // the socket, or a link beside it
	entry         *entry
	arguments     decoder
	results       encoder
	last          bool // no call follows the one at hand
	parentWatched <-chan struct{}
	stopRecording func() // flushes what a recording of this process has
}

func (s *server) answerCalls() error {
	for {
		m, err := s.line.receive()
		if err != nil {
			s.stopRecording()
			return nil // the parent has gone, or has no more calls
		}
		switch m.kind {
		case kindRecord:
			s.stopRecording = events.ServeChild(m.files[0])
			continue
		case kindLink:
			if s.line, err = acceptLink(s.conn, m); err != nil {
				return err
			}
			continue
		}
		s.last = m.last
		s.parentWatched = watchParent(s.conn)
		if more, err := s.answer(s.recovered(m)); !more {
			return err
		}
	}
}

// answer sends an answer and reports whether to go on.
func (s *server) answer(m message) (more bool, err error) {
	if s.last {
		s.stopRecording()
	}
	if err := s.line.send(m); err != nil || s.last {
		return false, err
	}
	<-s.parentWatched
	return true, nil
}

// recovered calls the function and makes an answer of whatever comes of it.
func (s *server) recovered(m message) (answer message) {
	defer func() {
		if v := recover(); v != nil {
			answer = message{kind: kindPanic, body: fmt.Appendf(nil, "%v\x00%s", v, debug.Stack())}
		}
	}()
	answer, err := s.call(m)
	if err != nil {
		return message{kind: kindError, body: []byte(err.Error())}
	}
	return answer
}

// handler makes room for the argument and the result of one call, each in its
// envelope, and returns what makes the call.
type handler func() (argument, result any, call func() error)

// It stands in a program once for each function, and is not inlined, which would make it
// twice.
//
//go:noinline
func handle[A, R any](fn func(A) (R, error)) handler {
	if fn == nil {
		return nil
	}
	return func() (argument, result any, call func() error) {
		var a envelope[A]
		var r envelope[R]
		return &a, &r, func() (err error) {
			r.V, err = fn(a.V)
			return err
		}
	}
}

// call calls the function with the argument in m.
func (s *server) call(m message) (answer message, err error) {
	argument, result, call := s.entry.run()
	if err := s.arguments.decode(s.entry.argument(), m, argument); err != nil {
		return message{kind: kindUnreadable, body: []byte(err.Error())}, nil
	}
	if err := call(); err != nil {
		return message{}, err
	}
	answer, err = s.results.encode(s.entry.result(), result)
	if err == nil && len(answer.files) > 0 {
		err = errors.New("what processes share travels as an argument only: let the parent make it and pass it")
	}
	if err != nil {
		return message{kind: kindUnsendable, body: []byte(err.Error())}, nil
	}
	answer.kind = kindResult
	return answer, nil
}
