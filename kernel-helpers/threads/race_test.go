package threads_test

import (
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race/racetest"
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
			group.Go("writer", func() { shared++; racetest.Behind(func() { close(ended) }) })
			racetest.Behind(func() { <-ended })
		}
		group.Wait()
	},
	"two threads": func() {
		var writers []*threads.Thread
		for range 2 {
			ended := make(chan struct{})
			writers = append(writers, threads.Go("writer", func() { shared++; racetest.Behind(func() { close(ended) }) }))
			racetest.Behind(func() { <-ended })
		}
		for _, w := range writers {
			w.Join()
		}
	},
}

func TestRacesAreNotHidden(t *testing.T) { racetest.Found(t, racy) }
