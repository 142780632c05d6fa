package jupyter_test

import "testing"

// What processes share, one after the other, on the real kernel.
func TestWhatProcessesShareInCells(t *testing.T) {
	k, _ := startedKernel(t)
	execute(t, k, `import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var ctx = context.Background()

type restaurant struct {
	Open   *processes.Event
	Seats  *processes.Semaphore
	Till   *processes.Lock
	Guests *processes.Value[int]
	Bills  *processes.Array[float64]
	Orders *processes.Queue[string]
}

var dine = processes.NewAction("dine", func(r restaurant) error {
	if err := r.Open.Wait(ctx); err != nil {
		return err
	}
	return r.Seats.With(ctx, func() error {
		return r.Till.With(ctx, func() error {
			n := processes.Add(r.Guests, 1)
			r.Bills.Set(n-1, 12.5*float64(n))
			return r.Orders.Put(ctx, fmt.Sprint("order ", n))
		})
	})
})

var parrot = processes.NewAction("parrot", func(e *processes.End[string]) error {
	for {
		word, err := e.Recv(ctx)
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = e.Send(ctx, word+" "+word)
		}
		if err != nil {
			return err
		}
	}
})

var thief = processes.NewAction("thief", func(l *processes.Lock) error {
	l.Lock(ctx)
	return syscall.Kill(os.Getpid(), syscall.SIGKILL)
})

%%
_ = []any{errors.Is, dine, parrot, thief}
`)
	for _, test := range []struct{ name, cell, want string }{
		{"an event, a semaphore, a lock, a value, an array and a queue", `%%
r := restaurant{
	processes.NewEvent("open"), processes.NewSemaphore("seats", 2), processes.NewLock("till"),
	processes.NewValue(0), processes.NewArray[float64](3), processes.NewQueue[string](3).Named("orders"),
}
var guests []*processes.Process
for range 3 {
	guests = append(guests, dine.Start(ctx, r))
}
fmt.Println(r.Open.Set())
for _, g := range guests {
	fmt.Println(g.Wait())
}
fmt.Println(r.Guests.Load(), r.Bills.Slice())
for range 3 {
	fmt.Println(r.Orders.Get(ctx))
}
fmt.Println(r.Seats.Permits())
fmt.Println(r.Till.Holder())`, "<nil>\n<nil>\n<nil>\n<nil>\n3 [12.5 25 37.5]\norder 1 <nil>\norder 2 <nil>\norder 3 <nil>\n2 <nil>\n0 <nil>\n"},
		{"a pipe", `%%
mine, its := processes.NewPipe[string](1)
p := parrot.Start(ctx, its)
fmt.Println(mine.Send(ctx, "hello"))
fmt.Println(mine.Recv(ctx))
fmt.Println(mine.Close(), p.Wait())`, "<nil>\nhello hello <nil>\n<nil> <nil>\n"},
		{"a lock that a killed process had", `%%
till := processes.NewLock("till")
thief.Start(ctx, till).Wait()
err := till.Lock(ctx)
fmt.Println(errors.Is(err, processes.ErrAbandoned))
till.Unlock()
fmt.Println(till.With(ctx, func() error { return nil }))`, "true\n<nil>\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := execute(t, k, test.cell); got != test.want {
				t.Errorf("%q\nnot %q", got, test.want)
			}
		})
	}
}
