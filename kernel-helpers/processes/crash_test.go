package processes_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

type crashing struct {
	Queue *processes.Queue[int]
	Stage string
}

var crash = processes.NewAction("crash", func(c crashing) error {
	c.Queue.DieAt(c.Stage, func() {
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	})
	return nil
})

// A process dies at each step of Put and Get, alone with its parent, which puts the
// queue in order.
func TestDeathAtEveryStep(t *testing.T) {
	want := map[string][]int{ // what is left of a queue that held 7, when 0 is put
		"latched": {7}, "popping": {7}, "popped": {7}, "writing": {7}, "joining": {7, 0},
		"leaving": {7}, "left": {}, "reading": {}, "pushing": {},
	}
	for _, stage := range processes.Stages {
		t.Run(stage, func(t *testing.T) {
			q := processes.NewQueue[int](2)
			if err := q.Put(t.Context(), 7); err != nil {
				t.Fatal(err)
			}
			if err := crash.Start(t.Context(), crashing{q, stage}).Wait(); err == nil {
				t.Fatal("it lives")
			}
			soon := func() context.Context {
				ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
				t.Cleanup(cancel)
				return ctx
			}
			got := []int{}
			for {
				n, err := q.Get(soon())
				if err != nil {
					break
				}
				got = append(got, n)
			}
			if fmt.Sprint(got) != fmt.Sprint(want[stage]) {
				t.Errorf("%v is left, not %v", got, want[stage])
			}
			if err := errors.Join(q.Put(soon(), 1), q.Put(soon(), 2)); err != nil {
				t.Error("room is lost:", err)
			}
			if err := q.Put(soon(), 3); !errors.Is(err, context.DeadlineExceeded) {
				t.Error("a queue of two holds three:", err)
			}
		})
	}
}

type changing struct {
	Value *processes.Value[[512]int]
	Stop  *processes.Event
}

var change = processes.NewAction("change", func(c changing) error {
	for {
		if stop, err := c.Stop.IsSet(); stop || err != nil {
			return err
		}
		c.Value.Update(func(v [512]int) [512]int {
			for i := range v {
				v[i]++
			}
			return v
		})
	}
})

func TestNobodySeesHalfAChange(t *testing.T) {
	c := changing{processes.NewValue([512]int{}), processes.NewEvent("stop")}
	p := change.Start(t.Context(), c)
	for c.Value.Load()[0] < 20_000 {
		v := c.Value.Load()
		for _, n := range v {
			if n != v[0] {
				t.Fatalf("half of it is %d, half %d", v[0], n)
			}
		}
	}
	if err := errors.Join(c.Stop.Set(), p.Wait()); err != nil {
		t.Error(err)
	}
}
