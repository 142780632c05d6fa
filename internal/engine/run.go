package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

const (
	// raceExit is how a program ends that the race detector stopped.
	raceExit = 66
	// raceLog is where it writes, in the folder in which the program runs: the
	// detector's options bear no space, which a full path may hold.
	raceLog = "race"
	// budget bounds all runs of one program together.
	budget = 40 * time.Second
	// keptOutput and keptChannel bound what is kept of a run, in bytes.
	keptOutput  = 64 << 10
	keptChannel = 2 << 20
	// mostDiskMB bounds what a run writes into its folder. It has no reason to write
	// anything but the race detector's report.
	mostDiskMB = 16
)

// run judges every expected check. A program that ends during a check is
// started again for those that follow.
func (j *judgement) run(ctx context.Context) error {
	bounded, cancel := context.WithTimeout(ctx, budget)
	defer cancel()
	for left := j.notRun(nil); len(left) > 0; {
		parts := j.parts(left)
		ends := make([]*ending, len(parts))
		var work errgroup.Group
		for i, part := range parts {
			work.Go(func() (err error) {
				ends[i], err = j.runOnce(bounded, part, under{first: j.first, count: j.schedules})
				return err
			})
		}
		err := work.Wait()
		if err = errors.Join(ctx.Err(), err); err != nil {
			return err // what an interrupted run shows is no fault of the program
		}
		left = nil
		for i, part := range parts {
			goOn, err := j.settle(ends[i], part)
			if err != nil {
				return err
			}
			if goOn {
				left = append(left, j.notRun(part)...)
			}
		}
	}
	return nil
}

// notRun returns which of the checks that are named, or of all, have no verdict.
func (j *judgement) notRun(names []string) (left []string) {
	for _, c := range j.report.Checks {
		if c.Verdict == NotRun && (names == nil || slices.Contains(names, c.Name)) {
			left = append(left, c.Name)
		}
	}
	return left
}

// parts divides checks among processes that run at the same time. A learner waits for the
// last of them; a grader's programs keep the processors busy as it is.
func (j *judgement) parts(names []string) [][]string {
	if j.scope == All || len(names) < 2 {
		return [][]string{names}
	}
	half := (len(names) + 1) / 2
	return [][]string{names[:half], names[half:]}
}

// ending is what is known of one run.
type ending struct {
	transcript
	seeds   map[string]uint64 // of each check's last schedule
	called  wire.Called       // whether the answer was, when the process ended
	status  error             // of the process
	tier    sandbox.Tier
	output  string // of the program
	crash   string // standard error: where the runtime says why it ended the program
	races   string // reports of the race detector, its children's included
	expired bool   // the engine stopped it
	stopped string // why the sandbox stopped it, in a sentence
}

// under says under which schedules checks run.
type under struct {
	first, count uint64         // seeds
	only         []record.Delay // the long sleeps that are kept; nil: all
	log          *os.File       // where the run is recorded; nil: nowhere
	repeat       int            // how often a check runs that asks for no schedules; 0: once
}

func (u *under) arguments() []string {
	args := []string{
		"-judge.seed=" + strconv.FormatUint(u.first, 10), "-judge.schedules=" + strconv.FormatUint(u.count, 10),
		"-judge.steps=" + strconv.Itoa(mostSteps), "-judge.least=" + strconv.Itoa(leastSchedules),
	}
	if u.only != nil {
		args = append(args, "-judge.only="+record.FormatDelays(u.only))
	}
	if u.log != nil {
		args = append(args, "-judge.log")
	}
	if u.repeat > 0 {
		args = append(args, "-judge.repeat="+strconv.Itoa(u.repeat))
	}
	return args
}

func (j *judgement) runOnce(ctx context.Context, names []string, u under) (*ending, error) {
	box, err := j.engine.box(ctx, j.scope)
	if err != nil {
		return nil, err
	}
	scratch, err := os.MkdirTemp(j.dir, "run-")
	if err != nil {
		return nil, err
	}
	channel, theirs, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer channel.Close()
	defer theirs.Close()
	// The program ends when nobody holds the other end: with this process, even
	// if it is killed.
	lifeline, alive, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer alive.Close()
	defer lifeline.Close()

	limits := j.exercise.Limits
	token := rand.Text()[:wire.TokenLength]
	args := []string{
		"-judge.program=" + strconv.Itoa(j.number),
		"-judge.cpu=" + limits.CPU().String(), "-judge.wall=" + limits.Wall().String(),
		"-judge.memory=" + strconv.Itoa(limits.MemoryMB),
	}
	args = append(args, u.arguments()...)
	patience := time.Duration(len(names)*max(u.repeat, 1))*limits.Wall() + 5*time.Second
	bounds := sandbox.Limits{CPU: patience, MemoryMB: limits.MemoryMB, Processes: limits.Processes, DiskMB: mostDiskMB}
	cmd, err := box.Command(bounds, scratch, j.binary, append(args, names...)...)
	if err != nil {
		return nil, err
	}
	halt := "1"
	if u.log != nil {
		halt = "0" // the record tells who raced, and then the program ends
	}
	cmd.Env = []string{
		"GORACE=halt_on_error=" + halt + " suppress_equal_stacks=0 suppress_equal_addresses=0 atexit_sleep_ms=0 exitcode=" + strconv.Itoa(raceExit) + " log_path=" + raceLog,
		"GOTRACEBACK=all", "PATH=",
	}
	notes, err := wire.CreateNotes(j.dir)
	if err != nil {
		return nil, err
	}
	defer notes.Close()
	cmd.ExtraFiles = []*os.File{theirs, lifeline, notes}
	if u.log != nil {
		cmd.ExtraFiles = append(cmd.ExtraFiles, u.log)
	}
	stdout, stderr := newTail(keptOutput), newTail(keptOutput)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.WaitDelay = time.Second // a child may hold its output open
	// Nothing that a program can look at holds the token: no argument, no variable.
	if _, err := alive.WriteString(token); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	theirs.Close()
	lifeline.Close()
	// Its own watchdog ends a run in time; this is for one that cannot.
	watching, unwatch := context.WithTimeout(ctx, patience)
	defer unwatch()
	var stopped sandbox.Bound
	finished := make(chan struct{})
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		stopped = box.Watch(watching, finished, cmd.Process.Pid, scratch, bounds)
	}()
	listened := make(chan *tail)
	go func() {
		heard := newTail(keptChannel)
		_, _ = io.Copy(heard, channel)
		listened <- heard
	}()
	status := cmd.Wait()
	expired := watching.Err() != nil
	close(finished)
	<-watched
	if err := sandbox.NotStarted(cmd.ProcessState, stderr.String()); err != nil {
		return nil, err
	}
	// A process that left the group may hold the channel open.
	_ = channel.SetReadDeadline(time.Now().Add(time.Second))
	heard := <-listened

	one := &ending{transcript: readTranscript(heard.String(), token), status: status, tier: box.Tier, output: cleanOutput(stdout.String()), crash: stderr.String(), expired: expired, stopped: stopped.Say(bounds)}
	reports, err := filepath.Glob(filepath.Join(scratch, raceLog+".*"))
	if err != nil {
		return nil, err
	}
	if one.seeds, err = wire.ReadSeeds(notes, names); err != nil {
		return nil, err
	}
	one.called = wire.ReadCalled(notes)
	slices.Sort(reports)
	for _, file := range reports {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		one.races += string(text)
	}
	return one, nil
}

// settle enters what one run showed into the report. It answers whether to go
// on with the checks that are left.
func (j *judgement) settle(one *ending, names []string) (goOn bool, err error) {
	j.report.Sandbox, j.report.Output = string(one.tier), join(j.report.Output, one.output)
	if one.event != nil && one.event.Kind == wire.Fault {
		return false, errors.New(one.event.Text)
	}
	defer j.noteSeeds(one.seeds)
	for _, name := range names {
		switch end := one.ends[name]; {
		case end == nil:
		case end.passed:
			j.set(name, Passed, "")
		default:
			j.set(name, Failed, failure(end.lines))
		}
	}
	var exit *exec.ExitError
	if one.status != nil && !errors.As(one.status, &exit) && !errors.Is(one.status, exec.ErrWaitDelay) {
		return false, fmt.Errorf("running the checks: %w", one.status)
	}
	// The check that ran when the program ended, or the first if none had begun.
	victim := one.running
	if victim == "" {
		i := slices.IndexFunc(names, func(name string) bool { return one.ends[name] == nil })
		if i < 0 {
			// All came back, but a race in a child process shows afterwards.
			if one.races != "" {
				verdict, message := j.explains().Race(one.races)
				j.set(names[len(names)-1], verdict, message)
			}
			return false, nil
		}
		victim = names[i]
	}
	verdict, message := j.explainEnd(one)
	if one.event != nil && one.event.Test != "" {
		victim = one.event.Test
	}
	j.set(victim, verdict, message)
	if verdict != Timeout && !one.expired {
		return true, nil
	}
	for i := range j.report.Checks {
		if c := &j.report.Checks[i]; c.Verdict == NotRun && slices.Contains(names, c.Name) {
			c.Message = "Not run, because a check before it took all the time."
		}
	}
	return false, nil
}

// noteSeeds enters under which schedule each check failed.
func (j *judgement) noteSeeds(seeds map[string]uint64) {
	for i := range j.report.Checks {
		c := &j.report.Checks[i]
		if seed, ok := seeds[c.Name]; ok && c.Verdict != Passed && c.Verdict != NotRun {
			c.Seed = &seed
		}
	}
}

func (j *judgement) set(name string, v Verdict, message string) {
	for i := range j.report.Checks {
		if c := &j.report.Checks[i]; c.Name == name {
			c.Verdict, c.Message = v, message
		}
	}
}

// explainEnd says why a program ended before all its checks had.
func (j *judgement) explainEnd(one *ending) (Verdict, string) {
	p := j.explains()
	p.Called = j.called(one)
	switch {
	case one.races != "":
		return p.Race(one.races)
	case one.event != nil:
		return p.Event(one.event)
	case one.stopped != "":
		return Panic, one.stopped
	case one.expired:
		return Timeout, "It did not end, and had to be stopped."
	case one.status == nil:
		return Failed, "The program ended by itself, before its checks had."
	default:
		return p.Crash(one.crash, one.status)
	}
}
