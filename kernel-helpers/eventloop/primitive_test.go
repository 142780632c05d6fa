package eventloop_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

func TestPrimitivesTellTheirState(t *testing.T) {
	quiet(t, func(loop *Loop) {
		tea := eventloop.NewEvent(loop, "tea")
		bill := eventloop.NewMutex(loop, "bill")
		seats := eventloop.NewSemaphore(loop, "seats", 2)
		orders := eventloop.NewQueue[string](loop, "orders", 1)
		for what, primitive := range map[string]interface {
			fmt.Stringer
			Name() string
			Waiting() []string
		}{
			"tea Event tea: not set":                tea,
			"bill Mutex bill: free":                 bill,
			"seats Semaphore seats: 2 permits free": seats,
			"orders Queue orders: 0 values":         orders,
			" Mutex: free":                          eventloop.NewMutex(loop, ""),
		} {
			if got := primitive.Name() + " " + primitive.String(); got != what || len(primitive.Waiting()) != 0 {
				t.Errorf("%s, want %s; %q wait", got, what, primitive.Waiting())
			}
		}
		if !bill.TryLock() || bill.TryLock() || !seats.TryAcquire() || !orders.TryPut("soup") {
			t.Error("what is free is not to be had, or what is held is")
		}
		for _, name := range []string{"A", "B"} {
			loop.Go(name+" drinks", tea.Wait)
			loop.Go(name+" sits", seats.Acquire)
			loop.Go(name+" pays", bill.Lock)
			loop.Go(name+" orders", func() error { orders.Put("cake"); return nil })
		}
		loop.Yield()
		if seats.TryAcquire() || seats.Permits() != 0 || bill.Holder() != "main" || fmt.Sprint(seats.Holders()) != "[main A sits]" {
			t.Error(seats.Permits(), bill.Holder(), seats.Holders())
		}
		for want, got := range map[string]fmt.Stringer{
			"Event tea: not set; A drinks, B drinks wait":                         tea,
			"Mutex bill: held by main; A pays, B pays wait":                       bill,
			"Semaphore seats: 0 permits free, held by main, A sits; B sits waits": seats,
			"Queue orders: 1 value, full; A orders, B orders wait":                orders,
		} {
			if got.String() != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		tea.Set()
		bill.Unlock()
		seats.Release()
		orders.Close()
		for want, got := range map[string]fmt.Stringer{
			"Event tea: set": tea,
			"Mutex bill: held by A pays; B pays waits":                bill,
			"Semaphore seats: 0 permits free, held by A sits, B sits": seats,
			"Queue orders: 1 value, closed":                           orders,
		} {
			if got.String() != want {
				t.Errorf("%s, want %s", got, want)
			}
		}
		seats.Release() // what another acquired
		if fmt.Sprint(seats.Holders()) != "[B sits]" {
			t.Error(seats.Holders())
		}
	})
}

func TestAPrimitiveWithoutANameIsCalledAsItsVariable(t *testing.T) {
	err, _ := panicOf(func() {
		run(func(loop *Loop) error {
			var shop struct{ till *eventloop.Mutex }
			orders := eventloop.NewQueue[int](loop, "", 0)
			shop.till = eventloop.NewMutex(loop, "")
			shop.till.Lock()
			loop.Go("guest", shop.till.Lock)
			loop.Go("wait", eventloop.NewEvent(loop, "").Wait)
			_, err := orders.Get()
			return err
		})
	}).(*eventloop.DeadlockError)
	if err == nil {
		t.Fatal("no deadlock was found")
	}
	for i, want := range []string{"a value in queue orders", "lock shop.till, held by main", "event without a name"} {
		if err.Tasks[i].For != want {
			t.Errorf("%s waits for %q, want %q", err.Tasks[i].Task, err.Tasks[i].For, want)
		}
	}
}

func TestVariableOnALine(t *testing.T) {
	for line, want := range map[string]string{
		`mu := eventloop.NewMutex(loop, "")`:                           "mu",
		`var mu = eventloop.NewMutex(loop, "")`:                        "mu",
		`var q *eventloop.Queue[int] = eventloop.NewQueue[int](l, "")`: "q",
		`q = eventloop.NewQueue[int](loop, "", 0)`:                     "q",
		`forks[i+1] = eventloop.NewMutex(loop, "")`:                    "forks[i+1]",
		`shop := Shop{till: eventloop.NewMutex(loop, "")}`:             "till",
		`till:   eventloop.NewMutex(loop, ""),`:                        "till",
		`a, b := eventloop.NewMutex(l, ""), eventloop.NewMutex(l, "")`: "",
		`use(eventloop.NewMutex(loop, ""))`:                            "",
		`return eventloop.NewMutex(loop, "")`:                          "",
		`mu := makeOne()`:                                              "",
		``:                                                             "",
	} {
		if got := eventloop.Assigned(line); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestRecordingTellsWhoHeldALock(t *testing.T) {
	rec, err := eventloop.Record(func(loop *Loop) error {
		bill := eventloop.NewMutex(loop, "bill")
		seats := eventloop.NewSemaphore(loop, "seats", 2)
		var guests []*eventloop.Task[eventloop.None]
		for _, name := range []string{"A", "B", "C"} {
			guests = append(guests, loop.Go(name, func() error {
				seats.With(func() error { return loop.Sleep(time.Minute) })
				return bill.With(func() error { return loop.Sleep(time.Second) })
			}))
		}
		_, err := eventloop.Gather(guests...)
		bill.Lock() // and nobody unlocks it
		loop.Sleep(time.Second)
		return err
	}, eventloop.Slow(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, lock := range rec.Locks {
		for _, h := range lock.Holds {
			got = append(got, fmt.Sprint(lock.Name, " ", h.Start, " ", h.End, " ", h.By))
		}
	}
	for _, lane := range rec.DrawnLocks() {
		for _, s := range lane.Spans {
			got = append(got, fmt.Sprint(lane.Label, " ", s.Start, " ", s.End, " ", s.State, " by ", s.Label))
		}
	}
	for _, s := range rec.Lanes[3].Spans {
		if s.State == eventloop.Contending {
			got = append(got, fmt.Sprint("C ", s.Start, " ", s.End, " ", s.State, " for ", s.For))
		}
	}
	want := []string{
		"semaphore seats 0s 1m0s A", "semaphore seats 0s 1m0s B", "semaphore seats 1m0s 2m0s C",
		"lock bill 1m0s 1m1s A", "lock bill 1m1s 1m2s B", "lock bill 2m0s 2m1s C", "lock bill 2m1s 2m2s main",
		"semaphore seats 0s 1m0s held by 2 of 2: A, B", "semaphore seats 1m0s 2m0s held by 1 of 2: C",
		"lock bill 1m0s 1m1s held by A", "lock bill 1m1s 1m2s held by B", "lock bill 2m0s 2m1s held by C", "lock bill 2m1s 2m2s held by main",
		"C 0s 1m0s contending for semaphore seats, held by A, B",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if chart := rec.Chart("Guests"); len(chart.Lanes) < 6 || chart.Lanes[len(chart.Lanes)-1].Label != "lock bill" {
		t.Error(chart.Lanes)
	}
}
