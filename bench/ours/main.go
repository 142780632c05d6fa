// Command ours times processes, on request of package bench. It is a program of
// its own because each child is this program again: it must be no larger than a
// cell's.
package main

import (
	"context"
	"flag"
	"os/exec"
	"time"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var background = context.Background()

var nothing = processes.NewFunc("nothing", func(n int) (int, error) { return n, nil })

type pair struct {
	Requests, Answers *processes.Queue[int]
}

var echo = processes.NewAction("echo", func(p pair) error {
	for {
		n, err := p.Requests.Get(background)
		if err != nil {
			return nil
		}
		if err := p.Answers.Put(background, n); err != nil {
			return err
		}
	}
})

type flow struct {
	Messages     *processes.Queue[[]byte]
	Counts, Done *processes.Queue[int]
}

var count = processes.NewAction("count", func(f flow) error {
	for {
		n, err := f.Counts.Get(background)
		if err != nil {
			return nil
		}
		for range n {
			if _, err := f.Messages.Get(background); err != nil {
				return err
			}
		}
		if err := f.Done.Put(background, n); err != nil {
			return err
		}
	}
})

func main() {
	atOnce := flag.Bool("end", false, "end at once, to see what that takes")
	flag.Parse()
	if *atOnce {
		return
	}
	answer.Serve(answer.Cases{
		"start": answer.Each(func() error {
			_, err := nothing.Start(background, 1).Wait()
			return err
		}),
		"end":        answer.Each(func() error { return exec.Command("/proc/self/exe", "-end").Run() }),
		"true":       answer.Each(func() error { return exec.Command("true").Run() }),
		"map":        mapOneByOne,
		"round-trip": roundTrip,
		"small":      throughput(16),
		"large":      throughput(1 << 20),
		"semaphore":  semaphore,
	})
}

func mapOneByOne() (answer.Case, error) {
	pool := pools.Processes(2, nothing)
	items := make([]int, 500)
	return answer.Batches(len(items), func() error {
		_, err := pool.Map(background, items)
		return err
	})()
}

func roundTrip() (answer.Case, error) {
	p := pair{processes.NewQueue[int](16), processes.NewQueue[int](16)}
	echo.Start(background, p)
	return answer.Each(func() error {
		if err := p.Requests.Put(background, 1); err != nil {
			return err
		}
		_, err := p.Answers.Get(background)
		return err
	})()
}

func throughput(size int) func() (answer.Case, error) {
	return func() (answer.Case, error) {
		f := flow{processes.NewQueue[[]byte](64), processes.NewQueue[int](1), processes.NewQueue[int](1)}
		count.Start(background, f)
		message := make([]byte, size)
		return func(n int) (int, time.Duration, error) {
			if err := f.Counts.Put(background, n); err != nil {
				return 0, 0, err
			}
			began := time.Now()
			for range n {
				if err := f.Messages.Put(background, message); err != nil {
					return 0, 0, err
				}
			}
			_, err := f.Done.Get(background)
			return n, time.Since(began), err
		}, nil
	}
}

func semaphore() (answer.Case, error) {
	s := processes.NewSemaphore("", 3)
	return answer.Each(func() error {
		if err := s.Acquire(background); err != nil {
			return err
		}
		s.Release()
		return nil
	})()
}
