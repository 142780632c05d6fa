// Package inside is linked into the program that is explored. It runs one function
// under schedules and tells what came of it on a channel to interleave explore.
//
// It is copied into the module whose code is explored, and so imports nothing but
// the standard library and what is copied with it. A main of the tests that is
// generated calls Main; nothing else uses this package.
package inside

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/explore/order"
)

// Subject is a function that can be explored.
type Subject struct {
	Name string
	Run  func(*testing.T)
	Main bool // a program's main, which takes with it what it leaves
}

type explored struct {
	order.Order
	subject   Subject
	schedules schedule.Plan
	test      string // that runs
	tests     int    // that have begun
	out       *os.File
	notes     wire.Notes
	watch     watch
}

// current is what Main explores.
var current *explored

// Main runs the subject that the environment names and ends the process.
func Main(subjects []Subject) {
	e := &explored{out: os.NewFile(wire.Channel, "explorer")}
	if err := json.Unmarshal([]byte(os.Getenv(order.Variable)), &e.Order); err != nil || e.out == nil {
		fmt.Fprintln(os.Stderr, "this program is run by interleave explore only")
		os.Exit(2)
	}
	os.Unsetenv(order.Variable) // children are no explored programs
	for _, fd := range []int{wire.Channel, wire.Lifeline, wire.NotesFile, wire.RecordFile} {
		syscall.CloseOnExec(fd)
	}
	for _, s := range subjects {
		if s.Name == e.Order.Subject {
			e.subject = s
		}
	}
	if e.subject.Run == nil {
		fmt.Fprintln(os.Stderr, "no function is called", e.Order.Subject)
		os.Exit(2)
	}
	os.Args = os.Args[:1] // a main's own
	if err := flag.Set("test.v", "true"); err != nil {
		panic(err)
	}
	debug.SetMaxStack(64 << 20)
	var err error
	if e.notes, err = wire.OpenNotes(wire.NotesFile); err != nil {
		fmt.Fprintln(os.Stderr, "what the program does cannot be noted:", err)
		os.Exit(2)
	}
	if e.schedules, err = e.plan(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	current = e
	go endWithExplorer()
	go e.guard()
	testing.Main(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{{
		Name: e.Order.Subject,
		F: func(t *testing.T) {
			if e.Subtests {
				e.subject.Run(t)
			} else {
				e.each(t, e.subject.Run)
			}
			if !t.Failed() {
				e.tell(wire.Event{Kind: wire.Passed})
			}
		},
	}}, nil, nil)
}

// each runs f under the schedules, in virtual time.
func (e *explored) each(t *testing.T, f func(*testing.T)) {
	e.test = t.Name()
	e.tests++
	e.tell(wire.Event{Kind: order.Begun})
	e.schedules.Each(t, func(t *testing.T) {
		e.watch.enter()
		defer func() {
			if t.Skipped() {
				e.tell(wire.Event{Kind: order.Skipped})
			}
		}()
		f(t)
		e.watch.returned.Store(true)
		if e.subject.Main {
			e.outlive()
		}
	})
}

func (e *explored) plan() (p schedule.Plan, err error) {
	p = schedule.Plan{First: e.First, Count: e.Count, Steps: e.Order.Steps, Longest: e.Order.Longest, CleansUp: true,
		Begins: func(seed uint64) {
			// A race or a panic will leave no time to.
			e.notes.Seed(e.tests-1, seed)
			e.watch.begin()
		},
		Ends: func(o schedule.Outcome) {
			e.watch.end()
			e.ended(o)
		},
	}
	if !e.All {
		p.Only, err = record.ParseDelays(e.Only)
	}
	if err == nil && e.Record {
		p.Log, err = record.Open(wire.RecordFile)
	}
	return p, err
}

// ended ends the process when a schedule ended in a way that testing has no word for.
func (e *explored) ended(o schedule.Outcome) {
	switch o.Kind {
	case schedule.Failed:
		e.tell(wire.Event{Kind: order.Failed})
	case schedule.Deadlock:
		if hasChildren() { // which may wake somebody in ways that a bubble knows nothing of
			e.end(wire.Event{Kind: order.Outside, Stack: o.Dump})
		}
		event := wire.Event{Kind: wire.Deadlock, Stack: o.Dump}
		for _, w := range schedule.Waits() {
			event.Waits = append(event.Waits, wire.Wait(w))
		}
		e.end(event)
	case schedule.Leak:
		e.end(wire.Event{Kind: wire.Leak, Stack: o.Dump})
	case schedule.Unfinished:
		if e.subject.Main && e.watch.returned.Load() {
			e.pass() // what went on was still there when the program ended
		}
		e.end(wire.Event{Kind: wire.Unfinished, Stack: schedule.Dump()})
	}
}

// outlive looks at what a main has left. A program that ends takes its goroutines with
// it, so one that would go on for ever, such as a ticker's, does no harm; one that
// waits for ever is a leak all the same. What they print is of no run.
func (e *explored) outlive() {
	fmt.Print(order.Returned)
	const patience = 2 * time.Minute
	time.Sleep(patience)
	before := schedule.Steps()
	time.Sleep(patience)
	if schedule.Steps() != before {
		e.pass()
	}
}

// pass ends the process of a main, of which there is one schedule in a process.
func (e *explored) pass() {
	e.tell(wire.Event{Kind: wire.Passed})
	os.Exit(0)
}

func (e *explored) end(event wire.Event) {
	const most = 512 << 10
	if len(event.Stack) > most {
		event.Stack = event.Stack[:most]
	}
	e.tell(event)
	os.Exit(1)
}

func (e *explored) tell(event wire.Event) {
	event.Test = e.test
	line, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	_, _ = e.out.Write(append(line, '\n')) // a listener that is gone has ended this process
}

// endWithExplorer ends this process when the explorer has ended, however it did: the
// system closes the pipe then.
func endWithExplorer() {
	for {
		n, err := syscall.Read(wire.Lifeline, make([]byte, 1))
		switch {
		case n == 0 && err == nil:
			os.Exit(1)
		case err != nil && err != syscall.EINTR:
			return
		}
	}
}
