package processes_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var background = context.Background()

var hi = processes.NewAction("hi", func(q *processes.Queue[string]) error {
	return q.Put(background, "Hello from the worker!")
})

func TestGreeting(t *testing.T) {
	q := processes.NewQueue[string](1)
	p := hi.Start(t.Context(), q)
	if got, err := q.Get(t.Context()); got != "Hello from the worker!" || err != nil {
		t.Error(got, err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}

// Room that one putter has taken must not have been told to another in vain: that one
// would wait for ever.
func TestManyPuttersInOneProcess(t *testing.T) {
	const queues, putters, values = 12, 4, 3000
	for range queues {
		q := processes.NewQueue[int](4)
		var putting sync.WaitGroup
		for range putters {
			putting.Go(func() {
				for i := range values {
					if err := q.Put(background, i); err != nil {
						t.Error(err)
					}
				}
			})
		}
		go func() {
			putting.Wait()
			q.Close()
		}()
		got := 0
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		for {
			if _, err := q.Get(ctx); err != nil {
				break
			}
			got++
		}
		cancel()
		if got != putters*values {
			t.Fatalf("%d of %d values came", got, putters*values)
		}
	}
}

func TestQueueInOneProcess(t *testing.T) {
	q := processes.NewQueue[int](3)
	go func() {
		for i := range 1000 {
			if err := q.Put(background, i); err != nil {
				t.Error(err)
			}
		}
		q.Close()
	}()
	for i := range 1000 {
		if got, err := q.Get(t.Context()); got != i || err != nil {
			t.Fatal(got, err)
		}
	}
	if _, err := q.Get(t.Context()); err != processes.ErrClosed {
		t.Error(err)
	}
}

type pairOfQueues struct {
	In, Out *processes.Queue[[]byte]
	More    []*processes.Queue[int]
}

var relay = processes.NewAction("relay", func(q pairOfQueues) error {
	for {
		m, err := q.In.Get(background)
		if errors.Is(err, processes.ErrClosed) {
			return q.More[1].Put(background, os.Getpid())
		}
		if err == nil {
			err = q.Out.Put(background, m)
		}
		if err != nil {
			return err
		}
	}
})

func TestMessagesOfEverySize(t *testing.T) {
	number := processes.NewQueue[int](1)
	q := pairOfQueues{processes.NewQueue[[]byte](2), processes.NewQueue[[]byte](2), []*processes.Queue[int]{number, number}}
	p := relay.Start(t.Context(), q)
	for _, size := range []int{0, 1, 4096, 65_536, 1 << 20, 50 << 20, 3} {
		sent := bytes.Repeat([]byte{byte(size), 7}, (size+1)/2)[:size]
		if err := q.In.Put(t.Context(), sent); err != nil {
			t.Fatal(err)
		}
		if got, err := q.Out.Get(t.Context()); err != nil || !bytes.Equal(got, sent) {
			t.Fatalf("%d bytes came back of %d: %v", len(got), size, err)
		}
	}
	if err := q.In.Close(); err != nil {
		t.Error(err)
	}
	if pid, err := number.Get(t.Context()); pid != p.Pid() || err != nil {
		t.Error(pid, err)
	}
	if err := p.Wait(); err != nil {
		t.Error(err)
	}
}

type job struct {
	From, Number int
}

type producing struct {
	ID, Count int
	Queue     *processes.Queue[job]
}

var produce = processes.NewAction("produce", func(p producing) error {
	for i := range p.Count {
		if err := p.Queue.Put(background, job{p.ID, i}); err != nil {
			return err
		}
	}
	return nil
})

var consume = processes.NewFunc("consume", func(q *processes.Queue[job]) (got []job, err error) {
	for {
		j, err := q.Get(background)
		if errors.Is(err, processes.ErrClosed) {
			return got, nil
		}
		if err != nil {
			return got, err
		}
		got = append(got, j)
	}
})

func TestManyProducersAndConsumers(t *testing.T) {
	const producers, consumers, count = 3, 3, 2000
	q := processes.NewQueue[job](5)
	var eaters []*processes.Call[[]job]
	for range consumers {
		eaters = append(eaters, consume.Start(t.Context(), q))
	}
	var group sync.WaitGroup
	for id := range producers {
		p := produce.Start(t.Context(), producing{id, count, q})
		group.Go(func() {
			if err := p.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Go(func() { // the parent, too
		for i := range count {
			if err := q.Put(background, job{producers, i}); err != nil {
				t.Error(err)
			}
		}
	})
	group.Wait()
	if err := q.Close(); err != nil {
		t.Fatal(err)
	}
	seen := make(map[job]int)
	for _, e := range eaters {
		got, err := e.Wait()
		if err != nil {
			t.Error(err)
		}
		last := slices.Repeat([]int{-1}, producers+1)
		for _, j := range got {
			seen[j]++
			if j.Number <= last[j.From] {
				t.Errorf("%v came after number %d", j, last[j.From])
			}
			last[j.From] = j.Number
		}
	}
	if len(seen) != (producers+1)*count {
		t.Errorf("%d values arrived of %d", len(seen), (producers+1)*count)
	}
}

func TestBound(t *testing.T) {
	for _, n := range []int{1, 3, 1000, 20_000} {
		q := processes.NewQueue[int](n)
		for i := range n {
			if err := q.Put(t.Context(), i); err != nil {
				t.Fatal(err)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		defer cancel()
		if err := q.Put(ctx, n); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d values into a queue of %d: %v", n+1, n, err)
		}
		if got, err := q.Get(t.Context()); got != 0 || err != nil {
			t.Error(got, err)
		}
		if err := q.Put(t.Context(), n); err != nil {
			t.Error(err)
		}
	}
}

func TestClosed(t *testing.T) {
	q := processes.NewQueue[int](2)
	if err := errors.Join(q.Put(t.Context(), 1), q.Close(), q.Close()); err != nil {
		t.Fatal(err)
	}
	if err := q.Put(t.Context(), 2); err != processes.ErrClosed {
		t.Error("Put:", err)
	}
	if got, err := q.Get(t.Context()); got != 1 || err != nil {
		t.Error("Get of what was there:", got, err)
	}
	for range 3 {
		if _, err := q.Get(t.Context()); err != processes.ErrClosed {
			t.Error("Get:", err)
		}
	}
}

var putMany = processes.NewAction("putMany", func(q *processes.Queue[int]) error {
	for i := 0; ; i++ {
		if err := q.Put(background, i); err != nil {
			return err
		}
	}
})

func TestCloseWakesWhoWaits(t *testing.T) {
	full, empty := processes.NewQueue[int](1), processes.NewQueue[job](1)
	putters := []*processes.Process{putMany.Start(t.Context(), full), putMany.Start(t.Context(), full)}
	getters := []*processes.Call[[]job]{consume.Start(t.Context(), empty), consume.Start(t.Context(), empty)}
	var err error
	local := make(chan error)
	go func() { _, err := empty.Get(background); local <- err }()
	for range 10 {
		if _, err = full.Get(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(full.Close(), empty.Close()); err != nil {
		t.Fatal(err)
	}
	for _, p := range putters {
		if err := p.Wait(); err == nil || err.Error() != processes.ErrClosed.Error() {
			t.Error(err)
		}
	}
	for _, g := range getters {
		if _, err := g.Wait(); err != nil {
			t.Error(err)
		}
	}
	if err := <-local; err != processes.ErrClosed {
		t.Error(err)
	}
}

// Whoever is killed, and wherever in Put or Get, the others go on.
func TestKilledHolders(t *testing.T) {
	in, out := processes.NewQueue[int](1), processes.NewQueue[[]byte](1)
	var sum sync.WaitGroup
	rounds := 60
	if race.Enabled {
		rounds = 20
	}
	for i := range rounds {
		ctx, cancel := context.WithCancel(t.Context())
		victims := []*processes.Process{putMany.Start(ctx, in), hoard.Start(ctx, out)}
		for range i % 5 { // so that they are at different places
			if _, err := in.Get(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := out.Put(t.Context(), make([]byte, i*1000)); err != nil {
				t.Fatal(err)
			}
		}
		runtime.Gosched()
		cancel()
		for _, v := range victims {
			sum.Go(func() { v.Wait() })
		}
	}
	sum.Wait()
	// Both work, and hold what they should again.
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	drained := 0
	for {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		_, err := out.Get(ctx)
		cancel()
		if err != nil {
			break
		}
		drained++
	}
	if drained > 1+2*rounds {
		t.Errorf("%d values in a queue of one", drained)
	}
	for i := range 5 {
		if err := out.Put(ctx, []byte{byte(i)}); err != nil {
			t.Fatal("Put:", err)
		}
		if got, err := out.Get(ctx); err != nil || got[0] != byte(i) {
			t.Fatal("Get:", got, err)
		}
	}
	if err := out.Put(ctx, nil); err != nil {
		t.Fatal(err)
	}
	short, cancel2 := context.WithTimeout(ctx, 20*time.Millisecond)
	defer cancel2()
	if err := out.Put(short, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Error("a queue of one holds two:", err)
	}
}

var hoard = processes.NewAction("hoard", func(q *processes.Queue[[]byte]) error {
	for {
		if _, err := q.Get(background); err != nil {
			return err
		}
	}
})

var suicide = processes.NewAction("suicide", func(q *processes.Queue[int]) error {
	q.Put(background, 1)
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
	time.Sleep(time.Hour)
	return nil
})

func TestValueOfADeadProcess(t *testing.T) {
	q := processes.NewQueue[int](1)
	p := suicide.Start(t.Context(), q)
	if err := p.Wait(); err == nil {
		t.Error("no error")
	}
	if got, err := q.Get(t.Context()); got != 1 || err != nil {
		t.Error(got, err)
	}
}

func TestContextEndsTheWait(t *testing.T) {
	q := processes.NewQueue[int](1)
	ctx, cancel := context.WithCancelCause(t.Context())
	p := consumeOne.Start(t.Context(), q) // the queue is shared
	errs := make(chan error)
	for range 3 {
		go func() { _, err := processes.NewQueue[int](1).Get(ctx); errs <- err }()
		go func() { _, err := q.Get(ctx); errs <- err }()
	}
	reason := errors.New("enough")
	cancel(reason)
	for range 6 {
		if err := <-errs; err != reason {
			t.Error(err)
		}
	}
	if err := errors.Join(q.Put(t.Context(), 1), p.Wait()); err != nil {
		t.Error(err)
	}
}

var consumeOne = processes.NewAction("consumeOne", func(q *processes.Queue[int]) error {
	_, err := q.Get(background)
	return err
})

func BenchmarkQueueRoundTrip(b *testing.B) {
	for _, size := range []int{16, 1 << 20} {
		b.Run(fmt.Sprint(size, " bytes"), func(b *testing.B) {
			number := processes.NewQueue[int](1)
			q := pairOfQueues{processes.NewQueue[[]byte](1), processes.NewQueue[[]byte](1), []*processes.Queue[int]{number, number}}
			p := relay.Start(b.Context(), q)
			m := make([]byte, size)
			b.SetBytes(int64(size))
			for b.Loop() {
				if err := q.In.Put(b.Context(), m); err != nil {
					b.Fatal(err)
				}
				if _, err := q.Out.Get(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
			q.In.Close()
			number.Get(b.Context())
			p.Wait()
		})
	}
}

func BenchmarkStartAndWait(b *testing.B) {
	for b.Loop() {
		if _, err := square.Start(b.Context(), 7).Wait(); err != nil {
			b.Fatal(err)
		}
	}
}
