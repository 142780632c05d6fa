// Package judge is linked into the program that runs a learner's code against
// its checks. It reports on a channel that the learner's code cannot reach.
//
// The engine writes a main that calls Main; nothing else uses this package.
package judge

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// Test is one check.
type Test struct {
	Name string
	Run  func(*testing.T)
}

var (
	cpuLimit  = flag.Duration("judge.cpu", 3*time.Second, "processor time of one check")
	wallLimit = flag.Duration("judge.wall", 15*time.Second, "time of one check")
	memory    = flag.Int("judge.memory", 512, "resident memory of the program, in MB")
	schedules = flag.Uint64("judge.schedules", 1, "how many schedules a check runs under")
	firstSeed = flag.Uint64("judge.seed", 0, "the first of them")
	repeat    = flag.Int("judge.repeat", 1, "how often a check runs that asks for no schedules")
	steps     = flag.Int("judge.steps", 0, "no further schedule begins after that many steps of a check; 0: no bound")
	least     = flag.Uint64("judge.least", 0, "schedules of a check that begin however many steps there were")
	only      = flag.String("judge.only", "all", "the long sleeps of a schedule that are kept")
	recorded  = flag.Bool("judge.log", false, "record the run in the file that is handed over")
	number    = flag.Int("judge.program", 0, "which of the binary's programs is judged")
)

func init() {
	// Children of a learner's program must not inherit them.
	for _, fd := range []int{wire.Channel, wire.Lifeline, wire.NotesFile, wire.RecordFile} {
		syscall.CloseOnExec(fd)
	}
	limitResources()
	collectLate()
	answerParent()
	debug.SetMaxStack(64 << 20)
}

type judge struct {
	learner string   // import path of the package that is judged
	out     *os.File // the channel
	token   string   // what shows the engine that an event is the judge's
	notes   wire.Notes
	family  family
	nth     int          // which of the checks that the arguments name runs
	old     map[int]bool // goroutines that checks which failed have left

	turns     atomic.Uint64 // checks, their repetitions and schedules that have begun: each has a time of its own
	scheduled atomic.Bool   // the last of them is a schedule

	mu   sync.Mutex // protects what follows
	test string     // the check that runs, or ""
}

// Program is one of those that a binary holds.
type Program struct {
	Path  string // import path of the learner's package
	Tests []Test
}

// Main runs the checks that the arguments name, in their order, of one program, and
// ends the process.
func Main(programs ...Program) {
	testing.Init()
	flag.Parse() // a child process of the learner's turns to its own work here
	learner, tests := programs[*number].Path, programs[*number].Tests
	j := &judge{learner: learner, out: os.NewFile(wire.Channel, "judge"), token: readToken()}
	if j.out == nil || j.token == "" {
		fmt.Fprintln(os.Stderr, "judge: run by interleave check and interleave grade only")
		os.Exit(2)
	}
	if why := undetected(); why != "" {
		j.end(wire.Fault, why, "")
	}
	var err error
	if j.notes, err = wire.OpenNotes(wire.NotesFile); err != nil {
		j.end(wire.Fault, fmt.Sprintf("what the program does cannot be noted: %v", err), "")
	}
	var chosen []testing.InternalTest
	for _, name := range flag.Args() {
		i := slices.IndexFunc(tests, func(t Test) bool { return t.Name == name })
		if i < 0 {
			fmt.Fprintln(os.Stderr, "judge: no check is called", name)
			os.Exit(2)
		}
		chosen = append(chosen, testing.InternalTest{Name: name, F: j.wrap(len(chosen), tests[i], os.Stdout)})
	}
	// The frames that testing prints are what the engine reads; it takes its
	// writer from os.Stdout when it starts, and wrap gives that back.
	os.Stdout = j.out
	if err := flag.Set("test.v", "test2json"); err != nil {
		panic(err)
	}
	j.family = newFamily()
	schedule.NoteCalls(j.notes.Calls())
	schedule.Choose(j.plan())
	go endWithEngine()
	go j.watch()
	testing.Main(func(string, string) (bool, error) { return true, nil }, chosen, nil, nil)
}

// wrap runs the n-th check under the eyes of the watchdog and turns what testing
// would die of into an event.
func (j *judge) wrap(n int, test Test, stdout *os.File) func(*testing.T) {
	return func(t *testing.T) {
		if os.Stdout != stdout {
			os.Stdout = stdout
		}
		j.nth = n
		j.begin(test.Name)
		defer j.begin("")
		defer func() {
			if value := recover(); value != nil {
				// A check that gave up has said why; what it gave up waiting for has
				// not returned, and so is no leak.
				if !t.Failed() || kindOf(textOf(value)) != wire.Leak {
					j.panicked(value)
				}
			}
			if t.Failed() { // and perhaps left by t.Fatal
				j.forgive()
			}
		}()
		test.Run(t)
		for n := 1; n < *repeat && !j.scheduled.Load() && !t.Failed(); n++ {
			j.begin(test.Name)
			test.Run(t)
		}
		if !t.Failed() {
			j.findLeaks()
			j.tell(wire.Event{Kind: wire.Passed, Test: test.Name})
		}
	}
}

// begin notes which check runs, which finds the program as it began; "": none.
func (j *judge) begin(test string) {
	if test != "" {
		schedule.RenewGlobals()
		schedule.Uncalled()
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.test = test
	j.scheduled.Store(false)
	j.turns.Add(1)
}

// panicked reports why a check did not return.
func (j *judge) panicked(value any) {
	text := textOf(value)
	kind := kindOf(text)
	if kind == wire.Panic {
		j.end(kind, text, string(debug.Stack()))
	}
	j.end(kind, "", goroutines())
}

// textOf returns what a panic's value says. A thread's panic that was told before is
// only reminded of where it is carried to, and then says less than what it wraps.
func textOf(value any) string {
	text := fmt.Sprint(value)
	if err, ok := value.(error); ok {
		if cause := errors.Unwrap(err); cause != nil && !strings.Contains(text, cause.Error()) {
			return cause.Error()
		}
	}
	return text
}

// kindOf says what a panic's text means: virtual time tells deadlocks and leaks
// by panics of its own.
func kindOf(text string) string {
	switch {
	case strings.HasPrefix(text, "deadlock: main bubble goroutine has exited"):
		return wire.Leak
	case strings.HasPrefix(text, "deadlock: "):
		return wire.Deadlock
	}
	return wire.Panic
}

// end reports and ends the process: what hangs or leaks must not disturb the
// checks that follow, which the engine runs in a process of their own.
func (j *judge) end(kind, text, dump string) {
	j.endWith(wire.Event{Kind: kind, Text: text, Stack: dump})
}

func (j *judge) endWith(event wire.Event) {
	j.mu.Lock() // for good: nobody else ends it
	const most = 256 << 10
	if len(event.Stack) > most {
		event.Stack = event.Stack[:most]
	}
	if len(event.Text) > 4<<10 {
		event.Text = event.Text[:4<<10] + " …"
	}
	event.Test = j.test
	j.tell(event)
	os.Exit(1)
}

func (j *judge) tell(event wire.Event) {
	line, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	fmt.Fprintf(j.out, "\n%s%s%s\n", wire.Mark, j.token, line)
}

func goroutines() string { return schedule.Dump() }
