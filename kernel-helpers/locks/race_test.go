//go:build race

package locks_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

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
	runtime.RaceDisable()
	defer runtime.RaceEnable()
	for met.Add(1); met.Load() < 2; {
		runtime.Gosched()
	}
}

func TestRacesAreNotHidden(t *testing.T) {
	if name := os.Getenv("LOCKS_RACY"); name != "" {
		racy[name]()
		return
	}
	for name := range racy {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestRacesAreNotHidden$")
			cmd.Env = append(os.Environ(), "LOCKS_RACY="+name, "GORACE=atexit_sleep_ms=0")
			out, _ := cmd.CombinedOutput()
			if !strings.Contains(string(out), "DATA RACE") {
				t.Errorf("no race was found:\n%s", out)
			}
		})
	}
}
