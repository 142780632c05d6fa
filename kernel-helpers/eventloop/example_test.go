package eventloop_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/eventloop"
)

// count naps n times, and says so.
func count(loop *eventloop.Loop, name string, n int, nap time.Duration) (int, error) {
	for i := range n {
		if err := loop.Sleep(nap); err != nil {
			return i, err
		}
		fmt.Printf("%5v  %s %d\n", loop.Now(), name, i+1)
	}
	return n, nil
}

// Three tasks nap for 5, 10 and 6 seconds, 21 in all. On one thread they take 10,
// and on a virtual clock no time at all.
func Example() {
	eventloop.Run(func(loop *eventloop.Loop) error {
		start := func(name string, n int, nap time.Duration) *eventloop.Task[int] {
			return eventloop.Go(loop, name, func() (int, error) {
				return count(loop, name, n, nap)
			})
		}
		naps, err := eventloop.Gather(
			start("A", 5, time.Second),
			start("B", 5, 2*time.Second),
			start("C", 4, 1500*time.Millisecond),
		)
		fmt.Println(naps, err, "after", loop.Now())
		return err
	})
	// Output:
	//    1s  A 1
	//  1.5s  C 1
	//    2s  B 1
	//    2s  A 2
	//    3s  C 2
	//    3s  A 3
	//    4s  B 2
	//    4s  A 4
	//  4.5s  C 3
	//    5s  A 5
	//    6s  B 3
	//    6s  C 4
	//    8s  B 4
	//   10s  B 5
	// [5 5 4] <nil> after 10s
}

// What cannot be had in time is given up; the task that waited goes on.
func ExampleLoop_Timeout() {
	eventloop.Run(func(loop *eventloop.Loop) error {
		err := loop.Timeout(2*time.Second, func() error {
			_, err := count(loop, "slow", 5, 1500*time.Millisecond)
			return err
		})
		fmt.Println(errors.Is(err, context.DeadlineExceeded), "after", loop.Now())
		return nil
	})
	// Output:
	//  1.5s  slow 1
	// true after 2s
}

// A task that is cancelled cleans up and returns the error that its wait gave it.
func ExampleTask_Cancel() {
	eventloop.Run(func(loop *eventloop.Loop) error {
		download := loop.Go("download", func() error {
			defer fmt.Println("connection closed")
			return loop.Sleep(time.Hour)
		})
		loop.Sleep(time.Second)
		download.Cancel()
		_, err := download.Await()
		fmt.Println(err)
		return nil
	})
	// Output:
	// connection closed
	// eventloop: task download was cancelled while it waited for the end of its nap
}

// Producers and consumers on one thread need no lock.
func ExampleQueue() {
	eventloop.Run(func(loop *eventloop.Loop) error {
		orders := eventloop.NewQueue[string](loop, "orders", 1)
		cook := loop.Go("cook", func() error {
			for {
				order, err := orders.Get()
				if err != nil {
					return nil // closed
				}
				loop.Sleep(2 * time.Second)
				fmt.Println(loop.Now(), order)
			}
		})
		for _, order := range []string{"tea", "soup", "cake"} {
			orders.Put(order)
		}
		orders.Close()
		_, err := cook.Await()
		return err
	})
	// Output:
	// 2s tea
	// 4s soup
	// 6s cake
}

// Work that blocks goes to a thread, and the loop goes on.
func ExampleToThread() {
	eventloop.Run(func(loop *eventloop.Loop) error {
		sum, err := eventloop.ToThread(loop, func(context.Context) (int, error) {
			sum := 0
			for i := range 1000 {
				sum += i
			}
			return sum, nil
		})
		fmt.Println(sum, err)
		return err
	})
	// Output: 499500 <nil>
}

// Results are taken as they come.
func ExampleAsCompleted() {
	eventloop.Run(func(loop *eventloop.Loop) error {
		var pages []*eventloop.Task[string]
		for _, seconds := range []int{3, 1, 2} {
			pages = append(pages, eventloop.Go(loop, "", func() (string, error) {
				nap := time.Duration(seconds) * time.Second
				return fmt.Sprint("page of ", nap), loop.Sleep(nap)
			}))
		}
		for page := range eventloop.AsCompleted(pages...) {
			fmt.Println(page.Await())
		}
		return nil
	})
	// Output:
	// page of 1s <nil>
	// page of 2s <nil>
	// page of 3s <nil>
}
