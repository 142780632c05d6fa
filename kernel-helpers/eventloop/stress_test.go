package eventloop_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

// printed returns what f prints.
func printed(t *testing.T, f func()) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	stdout := os.Stdout
	os.Stdout = file
	defer func() { os.Stdout = stdout }()
	f()
	file.Close()
	text, _ := os.ReadFile(file.Name())
	return string(text)
}

// TestRandomPrograms runs programs of tasks that use everything and cancel each
// other: no value is lost or doubled, no lock is held by two, a semaphore not by
// more than it allows, and the same program always takes the same turns.
func TestRandomPrograms(t *testing.T) {
	for seed := range uint64(150) {
		first, second := randomProgram(t, seed), randomProgram(t, seed)
		if first != second {
			t.Fatalf("seed %d: two runs differ:\n%s\n\n%s", seed, first, second)
		}
	}
}

func randomProgram(t *testing.T, seed uint64) string {
	random := rand.New(rand.NewPCG(seed, 0))
	var log strings.Builder
	told, err := run(func(loop *Loop) error {
		queue := eventloop.NewQueue[int](loop, "q", 2)
		mutex := eventloop.NewMutex(loop, "mu")
		semaphore := eventloop.NewSemaphore(loop, "s", 2)
		holders, users, put, got := 0, 0, map[int]bool{}, map[int]bool{}
		next := 0
		steps := []func() error{
			func() error { return loop.Sleep(time.Duration(random.IntN(3)) * time.Second) },
			func() error {
				v := next
				next++
				err := queue.Put(v)
				put[v] = err == nil
				return err
			},
			func() error {
				return loop.Timeout(3*time.Second, func() error {
					v, err := queue.Get()
					if err == nil && got[v] {
						t.Errorf("seed %d: %d was got twice", seed, v)
					}
					got[v] = got[v] || err == nil
					return err
				})
			},
			func() error {
				return mutex.With(func() error {
					holders++
					defer func() { holders-- }()
					if holders > 1 {
						t.Errorf("seed %d: %d hold the mutex", seed, holders)
					}
					return loop.Sleep(time.Second)
				})
			},
			func() error {
				return semaphore.With(func() error {
					users++
					defer func() { users-- }()
					if users > 2 {
						t.Errorf("seed %d: %d hold the semaphore", seed, users)
					}
					return loop.Yield()
				})
			},
		}
		var tasks []*eventloop.Task[int]
		for id := range 8 {
			tasks = append(tasks, eventloop.Go(loop, "", func() (int, error) {
				for i := range 12 {
					if i == 7 && id%2 == 1 {
						tasks[random.IntN(len(tasks))].Cancel()
					}
					step := random.IntN(len(steps))
					err := steps[step]()
					fmt.Fprintln(&log, loop.Now(), id, step, err)
					if err != nil && random.IntN(2) == 0 {
						return i, err
					}
				}
				return id, nil
			}))
		}
		drain := loop.Go("drain", func() error {
			for {
				loop.Sleep(5 * time.Second)
				v, err := queue.Get()
				if err != nil {
					return nil
				}
				got[v] = true
			}
		})
		eventloop.GatherAll(tasks...)
		queue.Close()
		drain.Await()
		for v := range next {
			if put[v] != got[v] {
				t.Errorf("seed %d: %d was put: %v, and got: %v", seed, v, put[v], got[v])
			}
		}
		return nil
	})
	if told != "" || err != nil {
		t.Errorf("seed %d: told %q, error %v", seed, told, err)
	}
	return log.String()
}

func TestManyTasks(t *testing.T) {
	quiet(t, func(loop *Loop) {
		tasks := make([]*eventloop.Task[int], 20_000)
		for i := range tasks {
			tasks[i] = eventloop.Go(loop, "", func() (int, error) { return i, loop.Sleep(time.Duration(i%7) * time.Second) })
		}
		for _, cancelled := range tasks[:100] {
			cancelled.Cancel()
		}
		results, err := eventloop.GatherAll(tasks...)
		for i, r := range results {
			if (r.Err != nil) != (i < 100) {
				t.Fatal(i, r)
			}
		}
		if err != nil || loop.Now() != 6*time.Second {
			t.Error(err, loop.Now())
		}
	})
}

// BenchmarkYield is asyncio's gather of 10,000 sleep(0).
func BenchmarkYield(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		eventloop.Run(func(loop *Loop) error {
			tasks := make([]*eventloop.Task[eventloop.None], 10_000)
			for i := range tasks {
				tasks[i] = loop.Go("", loop.Yield)
			}
			_, err := eventloop.Gather(tasks...)
			return err
		})
	}
}

// BenchmarkTurn is one turn of two tasks that take turns.
func BenchmarkTurn(b *testing.B) {
	eventloop.Run(func(loop *Loop) error {
		loop.Go("", func() error {
			for loop.Yield() == nil {
			}
			return nil
		})
		for b.Loop() {
			loop.Yield()
		}
		return nil
	})
}
