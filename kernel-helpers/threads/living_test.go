package threads_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func names(all []*threads.Thread) string {
	var names []string
	for _, t := range all {
		names = append(names, t.Name())
	}
	return strings.Join(names, ", ")
}

func TestActiveAreThoseBetweenStartAndEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		run := func() { <-end }
		first := threads.New("first", run)
		if got := names(threads.Active()); got != "" || first.State() != threads.NotStarted || first.IsAlive() {
			t.Errorf("before the start: %q, %v", got, first)
		}
		first.Start()
		second := threads.Go("second", run)
		// They need not have run yet.
		if got := names(threads.Active()); got != "first, second" || !first.IsAlive() {
			t.Errorf("started: %q, %v", got, first)
		}
		synctest.Wait()
		if got := names(threads.Active()); got != "first, second" || first.State() != threads.Running {
			t.Errorf("running: %q, %v", got, first)
		}
		close(end)
		first.Join()
		second.Join()
		if got := names(threads.Active()); got != "" || first.State() != threads.Ended || first.IsAlive() {
			t.Errorf("ended: %q, %v", got, first)
		}
	})
}

// TestThousandsOfThreads: more than the registry has places for.
func TestThousandsOfThreads(t *testing.T) {
	const n = 3000
	var group, started sync.WaitGroup
	started.Add(n)
	group.Add(n)
	end := make(chan struct{})
	for id := range n {
		name := fmt.Sprint("worker ", id)
		threads.Go(name, func() {
			defer group.Done()
			started.Done()
			<-end
			for range 2 {
				if got := threads.Current().Name(); got != name {
					t.Errorf("%s thinks it is %s", name, got)
				}
			}
		})
	}
	started.Wait()
	active := threads.Active()
	if len(active) != n {
		t.Errorf("%d of %d are active", len(active), n)
	}
	close(end)
	group.Wait()
	for _, th := range active {
		th.Join()
	}
	if left := threads.Active(); len(left) != 0 {
		t.Errorf("%d are left", len(left))
	}
}

func TestManyComeAndGo(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 500 {
				var self *threads.Thread
				ready := make(chan struct{})
				self = threads.Go(fmt.Sprint("worker ", i), func() {
					<-ready
					if threads.Current() != self || !slices.Contains(threads.Active(), self) {
						t.Error("a thread does not find itself")
					}
				})
				close(ready)
				self.Join()
				if slices.Contains(threads.Active(), self) {
					t.Error("ended, and yet active")
				}
			}
		})
	}
	wg.Wait()
}

func TestStringTellsWhatIsKnown(t *testing.T) {
	end := make(chan struct{})
	th := threads.New("beat", func() { <-end }, threads.Daemon)
	var told []string
	told = append(told, th.String())
	th.Start()
	told = append(told, th.String())
	close(end)
	th.Join()
	told = append(told, th.String(), threads.State(7).String())
	want := "daemon thread beat (not started); daemon thread beat (running); daemon thread beat (ended); State(7)"
	if got := strings.Join(told, "; "); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// countdown is a thread type of one's own.
type countdown struct {
	from int
	said []int
}

func (c *countdown) Run() {
	for i := c.from; i > 0; i-- {
		c.said = append(c.said, i)
	}
}

func TestRunnerIsAThread(t *testing.T) {
	c := &countdown{from: 3}
	th := threads.Start("countdown", c)
	th.Join()
	if th.Name() != "countdown" || !slices.Equal(c.said, []int{3, 2, 1}) {
		t.Error(th, c.said)
	}
}

func TestPinnedThreadKeepsItsOSThread(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells the ids of OS threads")
	}
	var at [2]map[int]bool
	var pinned [2]*threads.Thread
	both := make(chan struct{})
	for i := range at {
		at[i] = map[int]bool{}
		pinned[i] = threads.New(fmt.Sprint("player ", i), func() {
			<-both
			for range 100 {
				at[i][threads.OSThread()] = true
				runtime.Gosched()
			}
			if threads.Current().OSThread() != threads.OSThread() {
				t.Error("it is not where it is said to be")
			}
		}, threads.Pinned)
		if pinned[i].OSThread() != 0 {
			t.Error("an id before it runs")
		}
		pinned[i].Start()
	}
	close(both)
	for i, th := range pinned {
		th.Join()
		if len(at[i]) != 1 || !at[i][th.OSThread()] {
			t.Errorf("%v was on OS threads %v", th, at[i])
		}
	}
	if pinned[0].OSThread() == pinned[1].OSThread() {
		t.Error("two on one OS thread")
	}
	free := threads.Go("free", func() {})
	free.Join()
	if threads.Current().OSThread() != 0 || free.OSThread() != 0 {
		t.Error("only pinned threads have an OS thread of their own")
	}
}
