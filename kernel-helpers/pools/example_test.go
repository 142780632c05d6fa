package pools_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

func square(n int) (int, error) { return n * n, nil }

func ExamplePool_Map() {
	pool := pools.Threads(3, square)
	defer pool.Close()
	results, err := pool.Map(context.Background(), []int{1, 2, 3, 4, 5})
	fmt.Println(results, err)
	// Output: [1 4 9 16 25] <nil>
}

// Items that fail do not keep the others from being tried.
func ExampleMapError() {
	pool := pools.Threads(2, func(divisor int) (int, error) { return 60 / divisor, nil })
	defer pool.Close()
	results, err := pool.Map(context.Background(), []int{1, 0, 3, 0, 5})
	fmt.Println(results)
	var failed *pools.MapError
	if errors.As(err, &failed) {
		for _, f := range failed.Failed {
			fmt.Println("item", f.Item, "failed")
		}
	}
	// Output:
	// [60 0 20 0 12]
	// item 1 failed
	// item 3 failed
}

func ExamplePool_Submit() {
	ctx := context.Background()
	pool := pools.Threads(2, square)
	defer pool.Close()
	future := pool.Submit(ctx, 12)
	fmt.Println(future.Result(ctx))
	// Output: 144 <nil>
}

func ExampleFuture_Cancel() {
	ctx := context.Background()
	answer := make(chan int)
	pool := pools.Threads(1, func(int) (int, error) { return <-answer, nil })
	defer pool.Close()
	first, second := pool.Submit(ctx, 1), pool.Submit(ctx, 2)
	fmt.Println("cancelled:", second.Cancel()) // the only worker has the first
	answer <- 42
	fmt.Println(first.Result(ctx))
	fmt.Println(second.Result(ctx))
	// Output:
	// cancelled: true
	// 42 <nil>
	// 0 pools: the task was cancelled before it began
}

func ExampleFuture_OnDone() {
	ctx := context.Background()
	pool := pools.Threads(1, square)
	future := pool.Submit(ctx, 5)
	future.OnDone(func(f *pools.Future[int]) { fmt.Println(f.Result(ctx)) })
	pool.Close() // waits for the worker, which calls
	// Output: 25 <nil>
}

func ExampleAsCompleted() {
	ctx := context.Background()
	pool := pools.Threads(3, doze)
	defer pool.Close()
	futures := []*pools.Future[int]{pool.Submit(ctx, 60), pool.Submit(ctx, 1), pool.Submit(ctx, 30)}
	for f := range pools.AsCompleted(futures...) {
		fmt.Println(f.Result(ctx))
	}
	// Output:
	// 1 <nil>
	// 30 <nil>
	// 60 <nil>
}

func ExampleWait() {
	ctx := context.Background()
	pool := pools.Threads(2, doze)
	defer pool.Close()
	fast, slow := pool.Submit(ctx, 1), pool.Submit(ctx, 60)
	done, notDone := pools.Wait(ctx, pools.FirstDone, slow, fast)
	fmt.Println(len(done), len(notDone), done[0] == fast)
	// Output: 1 1 true
}

// Who submits faster than the pool works waits for a place in line.
func ExampleQueueSize() {
	ctx := context.Background()
	pool := pools.Threads(2, doze, pools.QueueSize(10))
	defer pool.Close()
	begin := time.Now()
	for range 32 {
		pool.Submit(ctx, 10)
	}
	fmt.Println("at least 20 tasks are behind us:", time.Since(begin) >= 100*time.Millisecond)
	// Output: at least 20 tasks are behind us: true
}

func ExamplePool_Shutdown() {
	pool := pools.Threads(1, doze)
	running, waiting := pool.Submit(context.Background(), 60), pool.Submit(context.Background(), 60)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	fmt.Println(pool.Shutdown(ctx))
	fmt.Println(waiting.Err(context.Background()))
	fmt.Println(running.Err(context.Background()))
	pool.Close()
	// Output:
	// context deadline exceeded
	// pools: the task was cancelled before it began
	// <nil>
}
