package engine_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// family is what children of the programs below are told and run.
const family = `
type Job struct {
	In, Out     *processes.Queue[int]
	Mine, Other *processes.Lock
	Ready, Go   *processes.Event
	Seats       *processes.Semaphore
	End         *processes.End[int]
	Nap         time.Duration
}

var background = context.Background()

var locks = processes.NewAction("locks", func(job Job) error {
	return job.Mine.With(background, func() error {
		return errors.Join(job.Ready.Set(), job.Go.Wait(background), job.Other.Lock(background))
	})
})

var waits = processes.NewAction("waits", func(job Job) error { return job.Go.Wait(background) })

var sits = processes.NewAction("sits", func(job Job) error { return job.Seats.Acquire(background) })

var gets = processes.NewAction("gets", func(job Job) error {
	_, err := job.In.Get(background)
	return err
})

var receives = processes.NewAction("receives", func(job Job) error {
	_, err := job.End.Recv(background)
	return err
})

var hangs = processes.NewAction("hangs", func(Job) error {
	<-make(chan int)
	return nil
})

var hands = processes.NewAction("hands", func(job Job) error { return gets.Start(background, job).Wait() })

var naps = processes.NewAction("naps", func(job Job) error {
	time.Sleep(job.Nap)
	return nil
})

var counts = processes.NewAction("counts", func(job Job) error {
	for began, n := time.Now(), 0; time.Since(began) < job.Nap; n++ {
	}
	return nil
})

var handsNaps = processes.NewAction("hands naps", func(job Job) error { return naps.Start(background, job).Wait() })

var passesOn = processes.NewAction("passes on", func(job Job) error {
	for {
		n, err := job.In.Get(background)
		if err != nil {
			return errors.Join(job.Out.Close(), naps.Start(background, job).Wait())
		}
		if err := job.Out.Put(background, n); err != nil {
			return err
		}
	}
})

var givesUp = processes.NewAction("gives up", func(job Job) error {
	ctx, cancel := context.WithTimeout(background, job.Nap)
	defer cancel()
	if err := job.Go.Wait(ctx); err == nil {
		return errors.New("nobody has set the event")
	}
	return nil
})
`

func judgeFamily(t *testing.T, inFindPrimes string) *engine.Report {
	t.Helper()
	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), "", "prime-count")
	if err != nil {
		t.Fatal(err)
	}
	return judgeSource(t, e, ex, primes("", "if limit == 2000 {\n"+inFindPrimes+"\n}", family), engine.Public)
}

// A deadlock may lie between processes, each of which sees only that it waits.
func TestDeadlocksOfProcesses(t *testing.T) {
	for name, c := range map[string]struct {
		inFindPrimes string
		says         []string
	}{
		"a child that waits for its input": {
			`gets.Start(ctx, Job{In: processes.NewQueue[int](1)}).Wait()`,
			[]string{"the program waits at", "for a child process to end; a child process waits at", "job.In.Get", "for a value in a queue"}},
		"both wait for values": {
			`in := processes.NewQueue[int](1)
			gets.Start(ctx, Job{In: in})
			in.Get(ctx)`,
			[]string{"the program waits at", "(in.Get(ctx)), for a value in a queue; a child process waits at"}},
		"two children and two locks": {
			`a, b, together := processes.NewLock("a"), processes.NewLock("b"), processes.NewEvent("")
			one := Job{Mine: a, Other: b, Ready: processes.NewEvent(""), Go: together}
			two := Job{Mine: b, Other: a, Ready: processes.NewEvent(""), Go: together}
			first, second := locks.Start(ctx, one), locks.Start(ctx, two)
			if errors.Join(one.Ready.Wait(ctx), two.Ready.Wait(ctx), together.Set()) == nil {
				errors.Join(first.Wait(), second.Wait())
			}`,
			[]string{"2 child processes wait at", "job.Other.Lock(background)", "for a lock that processes share"}},
		"a child at an event": {
			`waits.Start(ctx, Job{Go: processes.NewEvent("")}).Wait()`,
			[]string{"for an event that processes share"}},
		"a child without a permit": {
			`seats := processes.NewSemaphore("", 1)
			seats.Acquire(ctx)
			sits.Start(ctx, Job{Seats: seats}).Wait()`,
			[]string{"for a permit of a semaphore that processes share"}},
		"a child at a pipe": {
			`here, there := processes.NewPipe[int](1)
			receives.Start(ctx, Job{End: there}).Wait()
			here.Close()`,
			[]string{"for a value from a pipe"}},
		"a child at a channel of its own": {
			`hangs.Start(ctx, Job{}).Wait()`,
			[]string{"(<-make(chan int)), to receive from a channel"}},
		"a child's child": {
			`hands.Start(ctx, Job{In: processes.NewQueue[int](1)}).Wait()`,
			[]string{"for a child process to end; a child process waits at", "for a value in a queue"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := judgeFamily(t, c.inFindPrimes)
			for _, says := range c.says {
				if r.Verdict != engine.Deadlock || !strings.Contains(r.Message, says) {
					t.Errorf("judged %s: %q; want a deadlock and %q in it", r.Verdict, r.Message, says)
				}
			}
		})
	}
}

// While something is still to come, however long that takes, nothing is a deadlock.
func TestProcessesThatWaitForWhatComes(t *testing.T) {
	t.Parallel()
	r := judgeFamily(t, `
		const while = 400 * time.Millisecond
		in, out, late := processes.NewQueue[int](1), processes.NewQueue[int](1), processes.NewEvent("")
		job := Job{In: in, Out: out, Go: processes.NewEvent(""), Nap: while}
		err = errors.Join(
			naps.Start(ctx, job).Wait(),
			counts.Start(ctx, job).Wait(),
			handsNaps.Start(ctx, job).Wait(),
			givesUp.Start(ctx, job).Wait())

		// What the program itself is about to do, a child waits for.
		waiting := waits.Start(ctx, Job{Go: late})
		time.Sleep(while)
		err = errors.Join(err, late.Set(), waiting.Wait())

		// It waits itself, but not for ever.
		soon, cancel := context.WithTimeout(ctx, while)
		defer cancel()
		if _, early := in.Get(soon); early == nil {
			err = errors.New("nobody has put a value")
		}

		// Something is on its way between two processes nearly all of the time.
		passing := passesOn.Start(ctx, job)
		for began, n := time.Now(), 0; time.Since(began) < while; n++ {
			in.Put(ctx, n)
			if got, failed := out.Get(ctx); got != n {
				err = errors.Join(err, failed, errors.New("a value was lost"))
			}
		}
		if err = errors.Join(err, in.Close(), passing.Wait()); err != nil {
			return nil, err
		}`)
	if r.Verdict != engine.Passed {
		t.Errorf("judged %s: %s", r.Verdict, r.Message)
	}
}
