package timeline_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// nap is long against what a busy machine adds, for tests in which naps overlap.
const nap = 100 * time.Millisecond

func TestFiveNapsOverlap(t *testing.T) {
	rec := timeline.Record(func() {
		var group threads.Group
		for id := range 5 {
			group.Go(fmt.Sprint("worker ", id), func() { time.Sleep(nap) })
		}
		group.Wait()
	})
	if got := rec.MaxConcurrent(); got != 5 {
		t.Errorf("%d at once, want 5", got)
	}
	if got := names(rec, timeline.Thread); got != "worker 0, worker 1, worker 2, worker 3, worker 4" {
		t.Errorf("threads: %s", got)
	}
	for _, lane := range rec.Lanes() {
		if lane.Kind == timeline.Thread && total(lane, timeline.Sleeping) < nap*9/10 {
			t.Errorf("%s slept %v", lane.Name, total(lane, timeline.Sleeping))
		}
	}
	if main := rec.Lanes()[0]; main.Kind != timeline.Main || total(main, timeline.Waiting) < nap/2 {
		t.Errorf("main: %+v", main)
	}
	if !strings.HasPrefix(rec.Finding(), "5 workers slept ") || !strings.HasSuffix(rec.Finding(), " of wall time: 5 at once.") {
		t.Errorf("finding: %s", rec.Finding())
	}
	if rec.Wall() < nap || rec.Overlap() < 3 {
		t.Errorf("wall %v, overlap %.1f", rec.Wall(), rec.Overlap())
	}
	wellFormed(t, rec)
}

func TestAForgottenWaitIsTold(t *testing.T) {
	goOn := make(chan bool)
	var group sync.WaitGroup
	rec := timeline.Record(func() {
		for range 3 {
			group.Go(func() { <-goOn })
		}
	})
	close(goOn)
	group.Wait()
	if got := rec.Finding(); !strings.HasPrefix(got, "3 goroutines were still under way when the function returned, which did not wait for them. ") {
		t.Errorf("finding: %s", got)
	}
	for _, lane := range rec.Lanes() {
		if lane.End != rec.Wall() {
			t.Errorf("%s ends at %v of %v", lane.Name, lane.End, rec.Wall())
		}
	}
}

// Who has said that it is done still has a few steps to its end.
func TestWhoWasWaitedForIsNotLeftBehind(t *testing.T) {
	for range 50 {
		rec := timeline.Record(func() {
			var group sync.WaitGroup
			for range 3 {
				group.Go(func() {
					for began := time.Now(); time.Since(began) < time.Millisecond; {
					}
				})
			}
			group.Wait()
		})
		if got := rec.Finding(); strings.Contains(got, "still under way") {
			t.Fatalf("finding: %s", got)
		}
	}
}

func TestNapsOneAfterTheOther(t *testing.T) {
	rec := timeline.Record(func() {
		for id := range 3 {
			threads.Go(fmt.Sprint("worker ", id), func() { time.Sleep(nap / 2) }).Join()
		}
	})
	if got := rec.MaxConcurrent(); got != 1 {
		t.Errorf("%d at once, want 1", got)
	}
	if !strings.HasSuffix(rec.Finding(), ": one at a time.") {
		t.Errorf("finding: %s", rec.Finding())
	}
	wellFormed(t, rec)
}

func TestMutexQueueHasOneHolderAtEachInstant(t *testing.T) {
	mu := locks.NewMutex("mu")
	rec := timeline.Record(func() {
		var group threads.Group
		for id := range 4 {
			group.Go(fmt.Sprint("worker ", id), func() {
				for range 3 {
					mu.With(func() { time.Sleep(30 * time.Millisecond) })
				}
			})
		}
		group.Wait()
	})
	wellFormed(t, rec)
	lock := only(t, rec, timeline.Lock)
	if lock.Name != "lock mu" || len(lock.Spans) != 12 {
		t.Errorf("%s was held %d times, want lock mu 12 times", lock.Name, len(lock.Spans))
	}
	holders := map[string]int{}
	for _, s := range lock.Spans {
		holders[s.For]++
	}
	for id := range 4 {
		if holders[fmt.Sprint("worker ", id)] != 3 {
			t.Errorf("holders: %v", holders)
		}
	}
	for _, lane := range rec.Lanes()[1:5] {
		queued := 0
		for _, s := range lane.Spans {
			if s.State == timeline.Contending {
				queued++
			}
		}
		if queued > 3 {
			t.Errorf("%s waited %d times for a lock that it took 3 times: %+v", lane.Name, queued, lane.Spans)
		}
	}
	handovers := 0
	for _, w := range rec.Wakes() {
		if w.What == "hands over lock mu" {
			handovers++
		}
	}
	if handovers < 3 {
		t.Errorf("%d hand-overs among %d holds", handovers, len(lock.Spans))
	}
	if got := rec.Finding(); !strings.HasPrefix(got, "4 workers waited ") || !strings.Contains(got, " in all for lock mu, held ") {
		t.Errorf("finding: %s", got)
	}
}

func TestUnnamedLocksAreCalledAfterTheirVariables(t *testing.T) {
	var account struct{ mu, spare locks.Mutex }
	rec := timeline.Record(func() {
		account.mu.Lock()
		account.mu.Unlock()
		account.spare.With(func() {})
		account.mu.Lock()
		account.mu.Unlock()
	})
	if got := names(rec, timeline.Lock); got != "lock account.mu, lock account.spare" {
		t.Errorf("locks: %s", got)
	}
}

func TestPlainGoIsSeen(t *testing.T) {
	values, done := make(chan int), make(chan bool)
	var mu sync.Mutex
	var wg sync.WaitGroup
	rec := timeline.Record(func() {
		mu.Lock()
		go receive(values, done)
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
		})
		time.Sleep(20 * time.Millisecond)
		mu.Unlock()
		wg.Wait()
		values <- 1
		time.Sleep(20 * time.Millisecond)
		close(values)
		<-done
		select {
		case <-values:
		case <-time.After(time.Hour):
		}
		<-time.After(20 * time.Millisecond)
	})
	wellFormed(t, rec)
	if got := names(rec, timeline.Thread); got != "goroutine 1: receive, goroutine 2: in timeline_test.TestPlainGoIsSeen" {
		t.Fatalf("threads: %s", got)
	}
	lanes := rec.Lanes()
	for _, c := range []struct {
		lane  timeline.Lane
		state timeline.State
		what  string
		line  string
	}{
		{lanes[0], timeline.Sleeping, "its nap to end", "`time.Sleep(20 * time.Millisecond)`"},
		{lanes[0], timeline.Sleeping, "a timer", "`<-time.After(20 * time.Millisecond)`"},
		{lanes[1], timeline.Waiting, "a value from values", "`for range values {`"},
		{lanes[2], timeline.Contending, "lock mu", "`mu.Lock()`"},
	} {
		found := false
		for _, s := range c.lane.Spans {
			found = found || s.State == c.state && s.For == c.what && strings.HasPrefix(s.Line, c.line)
		}
		if !found {
			t.Errorf("%s is not %v for %s at %s: %+v", c.lane.Name, c.state, c.what, c.line, c.lane.Spans)
		}
	}
	woke := map[[2]int]bool{}
	for _, w := range rec.Wakes() {
		woke[[2]int{w.From, w.To}] = true
	}
	if !woke[[2]int{0, 1}] || !woke[[2]int{0, 2}] {
		t.Errorf("main woke neither the receiver nor the one that waits for the lock: %+v", rec.Wakes())
	}
}

func receive(values chan int, done chan<- bool) {
	for range values {
	}
	close(done)
}

func TestOnlyGoroutinesOfTheRecordingAreLanes(t *testing.T) {
	work, quit, started := make(chan bool), make(chan bool), make(chan bool)
	var before sync.WaitGroup
	before.Go(func() { // there already, and working meanwhile
		for range work {
			before.Go(func() { started <- true; <-quit })
		}
	})
	rec := timeline.Record(func() {
		work <- true
		<-started
		runtime.GC() // wakes goroutines of the runtime
		time.AfterFunc(time.Millisecond, func() { started <- true })
		<-started
		go time.Sleep(time.Microsecond)
		time.Sleep(10 * time.Millisecond)
	})
	close(work)
	close(quit)
	before.Wait()
	wellFormed(t, rec)
	want := "goroutine 1: in timeline_test.TestOnlyGoroutinesOfTheRecordingAreLanes, goroutine 2: time.Sleep"
	if got := names(rec, timeline.Thread); got != want {
		t.Errorf("threads: %s", got)
	}
}

func TestWaitingForACoreIsReady(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	rec := timeline.Record(func() {
		var group threads.Group
		for id := range 3 {
			group.Go(fmt.Sprint("worker ", id), func() { compute() })
		}
		group.Wait()
	})
	wellFormed(t, rec)
	var ready time.Duration
	for _, lane := range rec.Lanes() {
		ready += total(lane, timeline.Ready)
	}
	if ready < rec.Wall()/2 {
		t.Errorf("three that compute on one core were ready for %v of %v", ready, rec.Wall())
	}
	if got := rec.Finding(); !strings.Contains(got, "3 workers ran ") || !strings.Contains(got, " on 1 core, and waited ") {
		t.Errorf("finding: %s", got)
	}
	if busy := rec.Busy(); busy > rec.Wall()*101/100 || busy < rec.Wall()/2 {
		t.Errorf("busy for %v of %v on one core", busy, rec.Wall())
	}
}

// compute keeps a core busy for some tens of milliseconds.
func compute() {
	x := uint32(1)
	for range 30_000_000 {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
	}
	sink.Store(x)
}

var sink atomic.Uint32
