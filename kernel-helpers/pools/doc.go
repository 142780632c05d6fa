// Package pools runs many tasks on a few workers: threads or processes, with the
// same methods, which are those of Python's concurrent.futures.
//
//	pool := pools.Threads(5, square)      // square: func(int) (int, error)
//	pool := pools.Processes(5, squares)   // squares: *processes.Func[int, int]
//	defer pool.Close()
//
//	results, err := pool.Map(ctx, numbers) // in order
//	future := pool.Submit(ctx, 7)          // a *pools.Future[int]
//	n, err := future.Result(ctx)
//
//	for f := range pools.AsCompleted(futures...) { … }
//	done, notDone := pools.Wait(ctx, pools.FirstError, futures...)
//
// Use a pool where there are more tasks than should run at once. In a program,
// golang.org/x/sync/errgroup with SetLimit does much of it; goroutines are cheap,
// and a pool of threads saves nothing but crowding. A pool of processes saves the
// start of a process for each task.
//
// A task that panics, or whose process crashes, fails alone: its error says so,
// and the pool goes on with a worker in its place.
//
// No other pool is underneath. Those that were measured beside this one hand each
// item of a Map over by itself, which costs about fifty times what an empty
// task does, or have neither futures nor workers with names, or cannot run
// processes; bench has the figures.
package pools
