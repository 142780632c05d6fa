package probe

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestLoadCountsCallsUnderWay(t *testing.T) {
	for name, c := range map[string]struct {
		calls, atOnce     int // how many, and how many slots they share
		most, total, left int
	}{
		"none":             {0, 1, 0, 0, 0},
		"one by one":       {4, 1, 1, 4, 0},
		"two at once":      {6, 2, 2, 6, 0},
		"all at once":      {5, 5, 5, 5, 0},
		"more slots, idle": {3, 9, 3, 3, 0},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var load Load
				slots := make(chan bool, c.atOnce)
				for range c.calls {
					go func() {
						slots <- true
						load.Enter()
						time.Sleep(time.Second)
						load.Leave()
						<-slots
					}()
				}
				time.Sleep(time.Minute)
				if load.Most() != c.most || load.Total() != c.total || load.Now() != c.left {
					t.Errorf("most %d, total %d, now %d; want %d, %d, %d", load.Most(), load.Total(), load.Now(), c.most, c.total, c.left)
				}
			})
		})
	}
}

// racy is a program in which two goroutines write one variable, each within a
// call that a Load counts and a Journal keeps. Without the second write it has
// no race.
const racy = "PROBE_TEST_RACY"

func runRacy(write bool) {
	var load Load
	journal := NewJournal[string](2)
	var shared int
	done := make(chan bool)
	for id := range 2 {
		go func() {
			load.Enter()
			journal.Note("under way")
			if write || id == 0 {
				shared++
			}
			journal.Note("done")
			load.Leave()
			done <- true
		}()
	}
	<-done
	<-done
	_ = shared
}
