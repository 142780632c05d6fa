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

var moody = processes.NewFunc("moody", func(n int) (int, error) {
	switch {
	case n%100 == 13:
		panic("unlucky")
	case n%100 == 66:
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		time.Sleep(time.Hour)
	case n%100 == 99:
		return 0, errors.New("almost")
	}
	return n * n, nil
})

// numbers yields 0, 1, … below n.
func numbers(n int) func(bool) (int, bool) {
	i := -1
	return func(bool) (int, bool) {
		if i++; i < n {
			return i, true
		}
		i = n - 1
		return 0, false
	}
}

func TestStream(t *testing.T) {
	w := processes.NewWorker(moody, "moody")
	defer w.Close()
	const n = 300
	i := 0
	w.Stream(t.Context(), numbers(n), func(got int, err error) {
		var exit *processes.ExitError
		switch i % 100 {
		case 13:
			if !errors.As(err, &exit) || exit.Panic != "unlucky" {
				t.Error(i, got, err)
			}
		case 66:
			if !errors.As(err, &exit) || exit.Signal != syscall.SIGKILL {
				t.Error(i, got, err)
			}
		case 99:
			if err == nil || err.Error() != "almost" {
				t.Error(i, got, err)
			}
		default:
			if got != i*i || err != nil {
				t.Error(i, got, err)
			}
		}
		i++
	})
	if i != n {
		t.Errorf("%d answers to %d calls", i, n)
	}
	if got, err := w.Call(t.Context(), 5); got != 25 || err != nil {
		t.Error("a call after a stream:", got, err)
	}
}

// whose says which process computed what.
type whose struct{ Pid, N int }

var signed = processes.NewFunc("signed", func(n int) (whose, error) { return whose{os.Getpid(), n}, nil })

func TestAStreamWhoseProcessEndsBetweenItsCalls(t *testing.T) {
	w := processes.NewWorker(signed, "signed")
	defer w.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // a call that is lost fails then
	defer cancel()
	pid, kills, asked, answered, failed := 0, 0, 0, 0, 0
	w.Stream(ctx, func(ahead bool) (int, bool) {
		if ahead && pid != 0 && kills < 5 && asked < 500 { // a call is under way
			kills++
			syscall.Kill(pid, syscall.SIGKILL)
			for syscall.Kill(pid, 0) == nil { // until it is waited for
				time.Sleep(time.Millisecond)
			}
			pid = 0
			time.Sleep(5 * time.Millisecond) // until the parent knows
		}
		asked++
		return asked - 1, asked <= 500
	}, func(got whose, err error) {
		if err == nil && got.N != answered || errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("call %d has the answer %+v, %v", answered, got, err)
		}
		answered++
		if pid = got.Pid; err != nil {
			failed++
		}
	})
	if kills != 5 || answered != 500 || failed != kills {
		t.Errorf("%d calls asked, %d answered, %d of them with an error, %d kills", asked, answered, failed, kills)
	}
}

func TestStreamEndsWithItsContext(t *testing.T) {
	w := processes.NewWorker(moody, "moody")
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	answers, failed := 0, 0
	w.Stream(ctx, numbers(1000), func(_ int, err error) {
		if answers++; answers == 10 {
			cancel()
		}
		if errors.Is(err, context.Canceled) {
			failed++
		}
	})
	if answers != 1000 || failed == 0 {
		t.Error(answers, failed)
	}
}

func TestAStreamThatIsLeft(t *testing.T) {
	w := processes.NewWorker(square, "left")
	defer w.Close()
	func() {
		defer func() { recover() }()
		i := 0
		w.Stream(t.Context(), numbers(1000), func(int, error) {
			if i++; i == 100 {
				panic("enough")
			}
		})
	}()
	if got, err := w.Call(t.Context(), 5); got != 25 || err != nil {
		t.Error(got, err)
	}
}

type withQueue struct {
	N     int
	Queue *processes.Queue[string]
}

var intoQueue = processes.NewFunc("intoQueue", func(a withQueue) (int, error) {
	return a.N, a.Queue.Put(background, fmt.Sprint(a.N))
})

func TestStreamOfQueues(t *testing.T) {
	w := processes.NewWorker(intoQueue, "intoQueue")
	defer w.Close()
	var queues []*processes.Queue[string]
	i := -1
	w.Stream(t.Context(), func(bool) (withQueue, bool) {
		if i == 49 {
			return withQueue{}, false
		}
		i++
		q := processes.NewQueue[string](1)
		queues = append(queues, q)
		return withQueue{i, q}, true
	}, func(got int, err error) {
		if err != nil {
			t.Fatal(err)
		}
		if text, err := queues[got].Get(t.Context()); text != fmt.Sprint(got) || err != nil {
			t.Error(text, err)
		}
	})
}

func BenchmarkWorker(b *testing.B) {
	b.Run("Call", func(b *testing.B) {
		w := processes.NewWorker(square, "square")
		defer w.Close()
		for b.Loop() {
			if _, err := w.Call(b.Context(), 7); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Stream", func(b *testing.B) {
		w := processes.NewWorker(square, "square")
		defer w.Close()
		w.Call(b.Context(), 7)
		b.ResetTimer()
		w.Stream(b.Context(), numbers(b.N), func(int, error) {})
	})
}
