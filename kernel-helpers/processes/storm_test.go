package processes_test

import (
	"context"
	"math/rand/v2"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// Storms: children are killed at moments that nobody chooses, and nothing may be
// lost but what they had in hand, nor may anybody wait for ever.

// storm is how long one lasts.
const storm = time.Second

type stormy struct {
	In, Out *processes.Queue[[]byte]
	Seats   *processes.Semaphore
	Guard   *processes.Lock
	Count   *processes.Value[[8]int]
}

// number is a value of a size of its own, small or large, that says which it is.
func number(n int) []byte {
	b := make([]byte, 8+(n%3)*150+(n%7/6)*50_000)
	for i := range 8 {
		b[i] = byte(n >> (8 * i))
	}
	return b
}

func numberIn(b []byte) (n int) {
	for i := range 8 {
		n |= int(b[i]) << (8 * i)
	}
	return n
}

var carry = processes.NewAction("carry", func(s stormy) error {
	for {
		b, err := s.In.Get(background)
		if err != nil {
			return err
		}
		err = s.Seats.With(background, func() error {
			s.Guard.Lock(background) // abandoned or not
			s.Count.Update(func(c [8]int) [8]int {
				for i := range c {
					c[i]++
				}
				return c
			})
			s.Guard.Unlock()
			return nil
		})
		if err == nil {
			err = s.Out.Put(background, b)
		}
		if err != nil {
			return err
		}
	}
})

func TestKillingStorm(t *testing.T) {
	const carriers, seats, bound = 3, 2, 4
	s := stormy{
		processes.NewQueue[[]byte](bound), processes.NewQueue[[]byte](bound),
		processes.NewSemaphore("seats", seats), processes.NewLock("guard"), processes.NewValue([8]int{}),
	}
	ctx, stop := context.WithTimeout(t.Context(), storm)
	defer stop()
	var sum sync.WaitGroup
	kills := make([]int, carriers)
	for i := range carriers {
		sum.Go(func() {
			for ctx.Err() == nil {
				p := carry.Start(t.Context(), s)
				time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond)
				syscall.Kill(p.Pid(), syscall.SIGKILL)
				p.Wait()
				kills[i]++
			}
		})
	}
	sent := 0
	sum.Go(func() {
		for ; ctx.Err() == nil; sent++ {
			if err := s.In.Put(ctx, number(sent)); err != nil {
				return
			}
		}
	})
	got := make(map[int]int)
	sum.Go(func() {
		for {
			b, err := s.Out.Get(ctx)
			if err != nil {
				return
			}
			got[numberIn(b)]++
		}
	})
	sum.Wait()

	killed := 0
	for _, n := range kills {
		killed += n
	}
	left := 0
	drain := func(q *processes.Queue[[]byte]) {
		q.Close()
		for {
			b, err := q.Get(t.Context())
			if err != nil {
				return
			}
			got[numberIn(b)]++
			left++
		}
	}
	drain(s.In)
	drain(s.Out)
	for n, times := range got {
		if n < 0 || n > sent || times != 1 {
			t.Fatalf("number %d of %d came %d times", n, sent, times)
		}
	}
	// A carrier has one number in hand at a time.
	if lost := sent - len(got); lost > killed {
		t.Errorf("%d of %d were lost, and %d processes killed", lost, sent, killed)
	}
	if left > 2*bound {
		t.Errorf("%d were in two queues of %d", left, bound)
	}
	if n, err := s.Seats.Permits(); n != seats || err != nil {
		t.Errorf("%d of %d seats (%v)", n, seats, err)
	}
	if pid, err := s.Guard.Holder(); pid != 0 || err != nil {
		t.Error("the guard is held by", pid, err)
	}
	counts := s.Count.Load()
	for _, n := range counts {
		if n != counts[0] {
			t.Error("half a change stands:", counts)
		}
	}
	t.Logf("%d numbers, %d kills, %d lost", sent, killed, sent-len(got))
}

// A worker's process may be killed at any moment; each call has one answer.
func TestKilledWorkers(t *testing.T) {
	w := processes.NewWorker(getpid, "victim")
	defer w.Close()
	ctx, stop := context.WithTimeout(t.Context(), storm/2)
	defer stop()
	asked, answered, failed := 0, 0, 0
	w.Stream(t.Context(), func(bool) (struct{}, bool) {
		if ctx.Err() != nil {
			return struct{}{}, false
		}
		asked++
		return struct{}{}, true
	}, func(pid int, err error) {
		answered++
		if err != nil {
			failed++
		} else if answered%500 == 0 && pid != os.Getpid() {
			syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	if asked != answered || failed == 0 {
		t.Errorf("%d calls, %d answers, %d failed", asked, answered, failed)
	}
}
