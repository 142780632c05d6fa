package explore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/tail"
	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/explore/order"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

const (
	// cpuLimit bounds one schedule's processor time, memoryMB what its heap holds.
	cpuLimit = 5 * time.Second
	memoryMB = 2048
	// wallLimit bounds one process, which may run many schedules.
	wallLimit = 2 * time.Minute
	// keptOutput and keptChannel bound what is kept of a process, in bytes.
	keptOutput  = 256 << 10
	keptChannel = 2 << 20
	// raceExit is how a program ends that the race detector stopped.
	raceExit = "66"
)

// ending is what is known of one process.
type ending struct {
	seed      uint64   // of the last schedule
	test      string   // that ran under it: a subtest has a longer name
	tests     []string // that began
	schedules int      // that began, of all of them
	passed    bool     // it says that all did as they should
	skipped   bool     // the test skipped itself
	failed    bool     // testing was told that the last one did not
	event     *wire.Event
	stdout    string
	stderr    string
	status    error
	expired   bool          // it was stopped from here
	stopped   sandbox.Bound // what it had too much of, and was stopped for
}

// run starts the program with an order. log is where the run is recorded, or nil.
func (p *program) run(ctx context.Context, o order.Order, log *os.File) (*ending, error) {
	o.CPU, o.MemoryMB, o.Record = cpuLimit, memoryMB, log != nil
	text, err := json.Marshal(o)
	if err != nil {
		return nil, err
	}
	channel, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer channel.Close()
	defer theirs.Close()
	// The program ends when nobody holds the other end: with this process, even if it
	// is killed.
	lifeline, alive, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer alive.Close()
	defer lifeline.Close()

	ctx, cancel := context.WithTimeout(ctx, wallLimit)
	defer cancel()
	cmd, err := p.command(ctx)
	if err != nil {
		return nil, err
	}
	cmd.Env = append(cmd.Env, order.Variable+"="+string(text), "GORACE="+raceOptions(log != nil), "GOTRACEBACK=all",
		// An old module's channels of timers do not work in virtual time.
		"GODEBUG="+strings.TrimPrefix(os.Getenv("GODEBUG")+",asynctimerchan=0", ","))
	notes, err := wire.CreateNotes(p.dir)
	if err != nil {
		return nil, err
	}
	defer notes.Close()
	cmd.ExtraFiles = []*os.File{theirs, lifeline, notes}
	if log != nil {
		cmd.ExtraFiles = append(cmd.ExtraFiles, log)
	}
	cmd.WaitDelay = time.Second // a child may hold its output open
	stdout, stderr := tail.New(keptOutput), tail.New(keptOutput)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	end := p.watch(ctx, cmd)
	theirs.Close()
	lifeline.Close()
	listened := make(chan *tail.Tail)
	go func() {
		heard := tail.New(keptChannel)
		_, _ = io.Copy(heard, channel)
		listened <- heard
	}()
	one := &ending{status: cmd.Wait()}
	one.expired = ctx.Err() != nil
	one.stopped = end()
	if err := sandbox.NotStarted(cmd.ProcessState, stderr.String()); p.box != nil && err != nil {
		return nil, err
	}
	// A process that left the group may hold the channel open.
	_ = channel.SetReadDeadline(time.Now().Add(time.Second))
	heard := <-listened
	one.stdout, one.stderr = stdout.String(), stderr.String()
	one.read(heard.String())
	return one, one.readSeeds(notes, o.First)
}

// raceOptions let a recorded run go on until its record has the race.
func raceOptions(recorded bool) string {
	halt := "1"
	if recorded {
		halt = "0"
	}
	return "halt_on_error=" + halt + " suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0 exitcode=" + raceExit
}

// read understands what came on the channel.
func (e *ending) read(text string) {
	for line := range strings.Lines(text) {
		var event wire.Event
		if json.Unmarshal([]byte(line), &event) != nil {
			continue
		}
		switch event.Kind {
		case order.Begun:
			e.test = event.Test
			e.tests = append(e.tests, event.Test)
		case wire.Passed:
			e.passed = true
		case order.Skipped:
			e.skipped = true
		case order.Failed:
			e.failed, e.test = true, event.Test
		default:
			e.event = &event
		}
	}
}

// readSeeds finds out which schedules there were, of which each test began with the first.
func (e *ending) readSeeds(file io.ReaderAt, first uint64) error {
	seeds, err := wire.ReadSeeds(file, e.tests)
	for _, last := range seeds {
		e.schedules += int(last - first + 1)
	}
	var ran bool
	if e.seed, ran = seeds[e.test]; !ran {
		e.seed = first // before which it ended
	}
	return err
}

// early reports whether a main ended the process, and so schedules that were to come.
func (e *ending) early() bool { return !strings.HasSuffix(e.stdout, "PASS\n") }

// races is what the race detector reported.
func (e *ending) races() string {
	if i := strings.Index(e.stderr, "WARNING: DATA RACE"); i >= 0 {
		return e.stderr[i:]
	}
	return ""
}

// printed is what the program itself wrote to its output, without testing's frames
// and messages.
func (e *ending) printed() string {
	var out bytes.Buffer
	text, _, _ := strings.Cut(e.stdout, order.Returned)
	for line := range strings.Lines(text) {
		switch word := strings.TrimSpace(line); {
		case strings.HasPrefix(word, "=== "), strings.HasPrefix(word, "--- "), word == "PASS", word == "FAIL", message.MatchString(line):
		default:
			out.WriteString(line)
		}
	}
	return strings.TrimRight(out.String(), "\n")
}

// again runs one schedule with some of its long delays, nil for all, and records it.
func (p *program) again(ctx context.Context, s *subject, first *ending, only *string, log *os.File) (*ending, error) {
	// What an earlier run recorded is none of this one's.
	if err := errors.Join(log.Truncate(0), log.Truncate(int64(record.Size))); err != nil {
		return nil, err
	}
	o := order.Order{Subject: s.name, First: first.seed, Count: 1, All: only == nil}
	if s.subtests {
		o.Subtests, o.Subtest = true, first.test
	}
	if only != nil {
		o.Only = *only
	}
	return p.run(ctx, o, log)
}
