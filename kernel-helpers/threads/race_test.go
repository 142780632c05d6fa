//go:build race

package threads_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var shared int

// racy are programs with a race that a thread's end, before the next one's start,
// must not hide.
var racy = map[string]func(){
	"two of a group": func() {
		var group threads.Group
		for range 2 {
			ended := make(chan struct{})
			group.Go("writer", func() { shared++; behind(func() { close(ended) }) })
			behind(func() { <-ended })
		}
		group.Wait()
	},
	"two threads": func() {
		var writers []*threads.Thread
		for range 2 {
			ended := make(chan struct{})
			writers = append(writers, threads.Go("writer", func() { shared++; behind(func() { close(ended) }) }))
			behind(func() { <-ended })
		}
		for _, w := range writers {
			w.Join()
		}
	},
}

func TestRacesAreNotHidden(t *testing.T) {
	if name := os.Getenv("THREADS_RACY"); name != "" {
		racy[name]()
		return
	}
	for name := range racy {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestRacesAreNotHidden$")
			cmd.Env = append(os.Environ(), "THREADS_RACY="+name, "GORACE=atexit_sleep_ms=0")
			out, _ := cmd.CombinedOutput()
			if !strings.Contains(string(out), "DATA RACE") {
				t.Errorf("no race was found:\n%s", out)
			}
		})
	}
}

// behind calls f behind the race detector's back.
func behind(f func()) {
	runtime.RaceDisable()
	defer runtime.RaceEnable()
	f()
}
