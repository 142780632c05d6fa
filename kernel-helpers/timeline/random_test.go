package timeline_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// program is a random one that ends: threads that start others, wait for locks in an
// order that cannot close a circle, nap, compute, and pass values on.
type program struct {
	random  *rand.Rand
	plain   sync.Mutex
	helper  locks.Mutex
	permits *locks.Semaphore
	values  chan int
	left    int // threads that may still be started
}

// plan returns what a thread does; all choices are made before anything runs.
func (p *program) plan(depth int) func() {
	var acts []func()
	for range 1 + p.random.IntN(6) {
		length := time.Duration(p.random.IntN(300)) * time.Microsecond
		switch p.random.IntN(8) {
		case 0:
			acts = append(acts, func() { time.Sleep(length) })
		case 1:
			acts = append(acts, func() { p.plain.Lock(); time.Sleep(length); p.plain.Unlock() })
		case 2:
			acts = append(acts, func() { p.helper.With(func() { time.Sleep(length) }) })
		case 3:
			acts = append(acts, func() { p.permits.With(func() { time.Sleep(length) }) })
		case 4:
			acts = append(acts, func() { p.values <- 1 }, func() { <-p.values })
		case 5:
			acts = append(acts, func() {
				for end := time.Now().Add(length); time.Now().Before(end); {
				}
			})
		case 6:
			acts = append(acts, runtime.Gosched)
		default:
			if depth == 0 || p.left == 0 {
				continue
			}
			p.left--
			inner, name := p.plan(depth-1), fmt.Sprint("thread ", p.left)
			if p.random.IntN(2) == 0 {
				acts = append(acts, func() { threads.Go(name, inner).Join() })
			} else {
				acts = append(acts, func() {
					var wg sync.WaitGroup
					wg.Go(inner)
					wg.Wait()
				})
			}
		}
	}
	return func() {
		for _, act := range acts {
			act()
		}
	}
}

func TestRecordingsOfRandomProgramsAreWellFormed(t *testing.T) {
	for seed := range uint64(60) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			if seed%5 == 0 {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
			}
			p := &program{random: rand.New(rand.NewPCG(seed, 4)), permits: locks.NewSemaphore("permits", 2), values: make(chan int, 100), left: 20}
			plans := make([]func(), 4)
			for i := range plans {
				plans[i] = p.plan(3)
			}
			rec := timeline.Record(func() {
				var wg sync.WaitGroup
				for _, plan := range plans {
					wg.Go(plan)
				}
				wg.Wait()
			})
			wellFormed(t, rec)
			for _, c := range rec.Contention() {
				if c.Waits == 0 || c.Waited < 0 || c.Held > 2*rec.Wall() {
					t.Errorf("%+v", c)
				}
			}
			strip := rec.Strip()
			for i, load := range strip {
				if load.Running < 0 || load.Ready < 0 || i > 0 && load.At <= strip[i-1].At || load.At > rec.Wall() {
					t.Errorf("load %d of %d: %+v", i, len(strip), load)
				}
			}
			if last := strip[len(strip)-1]; last.Running+last.Ready != 0 {
				t.Errorf("at the end there is still %+v", last)
			}
		})
	}
}
