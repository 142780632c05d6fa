package locks_test

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race/racetest"
	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

// racy are programs with a race that a lock must not hide.
var racy = map[string]func(){
	"two readers write": func() {
		var rw locks.RWMutex
		twice(func() { rw.WithRead(func() { meet(); write() }) })
	},
	"two with a permit write": func() {
		s := locks.NewSemaphore("", 2)
		twice(func() { s.With(func() { meet(); write() }) })
	},
	"one writes after a wait that another ended": func() {
		var rw locks.RWMutex
		rw.Lock()
		go func() { time.Sleep(time.Millisecond); rw.Unlock() }()
		twice(func() { rw.WithRead(func() { meet(); write() }) })
	},
}

var shared int

// write writes often: of accesses at the very same moment the detector may miss one.
func write() {
	for range 1000 {
		shared++
	}
}

// twice runs f in two goroutines.
func twice(f func()) {
	var wg sync.WaitGroup
	wg.Go(f)
	wg.Go(f)
	wg.Wait()
}

var met atomic.Int32

// meet returns when two are there. The race detector does not see it.
func meet() {
	racetest.Behind(func() {
		for met.Add(1); met.Load() < 2; {
			runtime.Gosched()
		}
	})
}

func TestRacesAreNotHidden(t *testing.T) { racetest.Found(t, racy) }
