package processes_test

import (
	"fmt"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

type draining struct {
	Queue *processes.Queue[[]byte]
	Done  *processes.Queue[int]
	Count int
}

var drain = processes.NewAction("drain", func(d draining) error {
	for range d.Count {
		if _, err := d.Queue.Get(background); err != nil {
			return err
		}
	}
	return d.Done.Put(background, 1)
})

func BenchmarkQueueThroughput(b *testing.B) {
	for _, size := range []int{16, 1 << 20} {
		b.Run(fmt.Sprint(size, " bytes"), func(b *testing.B) {
			d := draining{processes.NewQueue[[]byte](64), processes.NewQueue[int](1), b.N}
			p := drain.Start(b.Context(), d)
			m := make([]byte, size)
			b.SetBytes(int64(size))
			b.ResetTimer()
			for range b.N {
				if err := d.Queue.Put(b.Context(), m); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := d.Done.Get(b.Context()); err != nil {
				b.Fatal(err)
			}
			b.StopTimer()
			p.Wait()
		})
	}
}

func BenchmarkSemaphore(b *testing.B) {
	s := processes.NewSemaphore("seats", 2)
	for b.Loop() {
		if err := s.Acquire(background); err != nil {
			b.Fatal(err)
		}
		s.Release()
	}
}

func BenchmarkLock(b *testing.B) {
	l := processes.NewLock("guard")
	for b.Loop() {
		if err := l.Lock(background); err != nil {
			b.Fatal(err)
		}
		l.Unlock()
	}
}

func BenchmarkValue(b *testing.B) {
	v := processes.NewValue(0)
	b.Run("Load", func(b *testing.B) {
		for b.Loop() {
			v.Load()
		}
	})
	b.Run("Add", func(b *testing.B) {
		for b.Loop() {
			processes.Add(v, 1)
		}
	})
}

func BenchmarkPipeRoundTrip(b *testing.B) {
	mine, its := processes.NewPipe[string](1)
	p := talk.Start(b.Context(), its)
	for b.Loop() {
		if err := mine.Send(b.Context(), "ping"); err != nil {
			b.Fatal(err)
		}
		if _, err := mine.Recv(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	mine.Close()
	p.Wait()
}

type letter struct {
	From, To string
	Pages    []string
}

func BenchmarkQueueOfStructs(b *testing.B) {
	q := processes.NewQueue[letter](8)
	l := letter{"Ada", "Grace", []string{"one", "two"}}
	for b.Loop() {
		if err := q.Put(background, l); err != nil {
			b.Fatal(err)
		}
		if _, err := q.Get(background); err != nil {
			b.Fatal(err)
		}
	}
}
