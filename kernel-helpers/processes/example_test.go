package processes_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// In a program these stand at package level, above main.
var (
	triple = processes.NewFunc("triple", func(n int) (int, error) { return 3 * n, nil })

	visit = processes.NewAction("visit", func(p place) error {
		return p.Seats.With(context.Background(), func() error {
			processes.Add(p.Visitors, 1)
			return nil
		})
	})

	squareAll = processes.NewAction("squareAll", func(p part) error {
		for i := p.From; i < p.To; i++ {
			p.Squares.Slice()[i] = float64(i * i)
		}
		return nil
	})

	answerPhone = processes.NewAction("answerPhone", func(phone *processes.End[string]) error {
		for {
			name, err := phone.Recv(context.Background())
			if err == io.EOF {
				return nil
			}
			if err == nil {
				err = phone.Send(context.Background(), "hello, "+name)
			}
			if err != nil {
				return err
			}
		}
	})

	dieWith = processes.NewAction("dieWith", func(l *processes.Lock) error {
		if err := l.Lock(context.Background()); err != nil {
			return err
		}
		return syscall.Kill(os.Getpid(), syscall.SIGKILL)
	})
)

type place struct {
	Seats    *processes.Semaphore
	Visitors *processes.Value[int]
}

type part struct {
	Squares  *processes.Array[float64]
	From, To int
}

func ExampleFunc_Start() {
	fmt.Println(triple.Start(context.Background(), 14).Wait())
	// Output: 42 <nil>
}

func ExampleSemaphore() {
	p := place{processes.NewSemaphore("seats", 2), processes.NewValue(0)}
	var visits []*processes.Process
	for range 5 {
		visits = append(visits, visit.Start(context.Background(), p))
	}
	for _, v := range visits {
		if err := v.Wait(); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(p.Visitors.Load(), "visitors")
	// Output: 5 visitors
}

// Each process fills a part of its own, so none needs the array's lock.
func ExampleArray() {
	squares := processes.NewArray[float64](6)
	low := squareAll.Start(context.Background(), part{squares, 0, 3})
	high := squareAll.Start(context.Background(), part{squares, 3, 6})
	fmt.Println(low.Wait(), high.Wait(), squares.Slice())
	// Output: <nil> <nil> [0 1 4 9 16 25]
}

func ExampleNewPipe() {
	mine, its := processes.NewPipe[string](1)
	p := answerPhone.Start(context.Background(), its)
	mine.Send(context.Background(), "Ada")
	fmt.Println(mine.Recv(context.Background()))
	mine.Close()
	fmt.Println(p.Wait())
	// Output:
	// hello, Ada <nil>
	// <nil>
}

func ExampleErrAbandoned() {
	guard := processes.NewLock("guard")
	dieWith.Start(context.Background(), guard).Wait()
	err := guard.Lock(context.Background())
	defer guard.Unlock() // it is held all the same
	fmt.Println(errors.Is(err, processes.ErrAbandoned))
	// Output: true
}
