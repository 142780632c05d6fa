package schedule

import (
	"cmp"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

const (
	// mostSteps is how many Points a run may have. What needs more does not end, or
	// not so that it could be judged.
	mostSteps = 20_000
	// grace is how long, in virtual time, goroutines that are on their way when the
	// function returns have to come to their end.
	grace = time.Hour
	// enoughAlike is after how many runs no further one begins if in none of them there
	// was anything to choose: a goroutine alone does the same under every seed.
	enoughAlike = 20
)

// Plan says under which schedules a function runs.
type Plan struct {
	First, Count uint64         // seeds
	Steps        int            // no further schedule begins after that many, all runs together; 0: no bound
	Least        uint64         // schedules that begin however many steps there were
	Longest      time.Duration  // for which a goroutine is held back; 0: 2 s
	Only         []record.Delay // the long sleeps that are kept; nil: all
	Log          *record.Log    // what happens is recorded here; nil: nowhere
	Around       string         // goroutines that are started in files whose paths hold it have no line in the record; "": all may have
	CleansUp     bool           // a run is over after what f tells testing to clean up, which may end goroutines
	Begins       func(seed uint64)
	Ends         func(Outcome) // called after each run, while the goroutines that it left are still there
}

// chosen is the plan of Test.
var chosen = Plan{Count: 100}

// Choose sets the plan of Test. Call it before any test runs.
func Choose(p Plan) { chosen = p }

// Test is Plan.Each with the plan that was chosen, by default of 100 schedules. A
// check whose function is to hold in whatever order goroutines come runs it so:
//
//	func TestOrder(t *testing.T) {
//		schedule.Test(t, func(t *testing.T) { … })
//	}
//
// In such a function durations mean nothing, since goroutines are held back; what
// measures them belongs into synctest.Test.
func Test(t *testing.T, f func(t *testing.T)) { chosen.Each(t, f) }

// Outcome is how a run ended.
type Outcome struct {
	Seed  uint64
	Kind  Ending
	Steps int
	Dump  string // of all goroutines, when some of them were left
}

// Ending is what became of a run.
type Ending string

// Endings of runs. A panic and a data race end the process.
const (
	Fine       Ending = ""
	Failed     Ending = "failed"     // told to the testing.T
	Deadlock   Ending = "deadlock"   // every goroutine waits for another
	Leak       Ending = "leak"       // the function has returned, and goroutines that it started never end
	Unfinished Ending = "unfinished" // it has had all the steps that it may have
)

// Each runs f in virtual time under each schedule of the plan, until a run does not
// end as it should. As after testing.T.FailNow, it does not return then.
func (p Plan) Each(t *testing.T, f func(t *testing.T)) {
	// One goroutine runs at a time; a second processor would only be woken for nothing.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	renumber()
	steps, alike := 0, 0
	for seed := p.First; seed < p.First+p.Count && alike < enoughAlike; seed++ {
		if p.Steps > 0 && steps >= p.Steps && seed >= p.First+p.Least {
			break
		}
		r := p.one(t, seed, f)
		steps += r.steps
		if alike++; r.chose || r.known > 1 {
			alike = 0
		}
	}
}

// one is a run under one schedule.
func (p Plan) one(t *testing.T, seed uint64, f func(t *testing.T)) *run {
	if p.Begins != nil {
		p.Begins(seed)
	}
	r := &run{seed: seed, limit: mostSteps, log: p.Log, around: p.Around, longest: cmp.Or(p.Longest, longest)}
	if p.Only != nil {
		r.only = make(map[record.Delay]bool, len(p.Only))
		for _, d := range p.Only {
			r.only[d] = true
		}
	}
	o := Outcome{Seed: seed}
	defer func() { // even when testing ends this goroutine
		text := ""
		if what := recover(); what != nil {
			text = fmt.Sprint(what)
		}
		switch {
		case o.Kind == Leak: // known before
		case t.Failed():
			o.Kind = Failed
		case r.isOver():
			o.Kind = Unfinished
		case strings.HasPrefix(text, "deadlock: main bubble goroutine has exited"):
			// A goroutine of none of ours had ended meanwhile, and the numbers agreed.
			o.Kind, o.Dump = Leak, Dump()
			r.closes()
		case strings.HasPrefix(text, "deadlock: "):
			o.Kind, o.Dump = Deadlock, Dump()
			r.closes()
		}
		o.Steps = r.steps
		if p.Ends != nil {
			p.Ends(o)
		}
		r.forget()
		RenewGlobals()
		if o.Kind != Fine {
			t.FailNow()
		}
	}()
	synctest.Test(t, func(t *testing.T) {
		r.began = time.Now()
		if r.log != nil {
			r.failed = failedOf(t)
		}
		before := runtime.NumGoroutine()
		RenewGlobals()
		r.begin()
		returned := false
		ends := func() {
			defer r.stop() // who is left goes no further
			if !returned {
				return
			}
			time.Sleep(grace)
			if runtime.NumGoroutine() == before {
				return
			}
			if text := Dump(); companions(text) > 0 {
				o.Kind, o.Dump = Leak, text
				r.closes()
			}
		}
		if p.CleansUp {
			t.Cleanup(ends) // the first is called last
		} else {
			defer ends()
		}
		f(t)
		returned = true
	})
	return r
}

// stop lets no goroutine of the run pass its next Point.
//
//go:norace
func (r *run) stop() {
	r.mu.lock()
	r.stopped = true
	r.mu.unlock()
}

//go:norace
func (r *run) isOver() bool {
	r.mu.lock()
	over := r.over
	r.mu.unlock()
	return over
}

// Dump is the stacks of all goroutines, the caller's first; of very many, some.
func Dump() string {
	for size := 64 << 10; ; size *= 2 {
		text := make([]byte, size)
		if n := runtime.Stack(text, true); n < size || size >= 4<<20 {
			return string(text[:n])
		}
	}
}

// companions is how many other goroutines of a dump are in the bubble of the first,
// those of testing left out.
func companions(dump string) (n int) {
	first, others, _ := strings.Cut(dump, "\n\n")
	head, _, _ := strings.Cut(first, "\n")
	_, bubble, _ := strings.Cut(head, ", synctest bubble ")
	for g := range strings.SplitSeq(others, "\n\n") {
		head, frames, _ := strings.Cut(g, "\n")
		if strings.HasSuffix(head, ", synctest bubble "+bubble) && !strings.Contains(frames, "testing/synctest.Test") {
			n++
		}
	}
	return n
}
