// Package eventloop runs many tasks on one thread: each runs until it has to
// wait, and then another gets its turn. It is what asyncio is to Python.
//
//	err := eventloop.Run(func(loop *eventloop.Loop) error {
//		a := eventloop.Go(loop, "A", func() (int, error) { return count(loop, 5, time.Second) })
//		b := eventloop.Go(loop, "B", func() (int, error) { return count(loop, 5, 2*time.Second) })
//		results, err := eventloop.Gather(a, b)
//		…
//	})
//
// A function that may wait takes the loop first, as others take a context, and
// returns an error: every place where a task waits ([Loop.Sleep], [Task.Await],
// [Queue.Get], …) returns one when the task is cancelled. Between two such places
// a task is alone: what tasks share needs no lock.
//
// The loop's clock is virtual: when every task waits, it jumps to the next time
// that one of them asked for, so that 21 seconds of naps are over at once. The
// same program always takes the same turns. With [RealTime] naps take their time.
//
// What tasks wait at has a name, tells its state when it is printed, and who waits for
// it; a mutex and a semaphore tell who holds them. [Show] draws all of it, task by task
// and lock by lock, and [Record] returns it. A use that cannot be meant, such as a wait
// in a callback or from another goroutine, panics with a sentence that starts with
// "eventloop: ".
//
// Go itself needs no event loop: a blocked goroutine costs no thread. Use this
// package to learn how one works, to compare it with goroutines, and to simulate
// what takes long. Use goroutines and channels in programs.
//
// Tasks are coroutines (iter.Pull), one goroutine each, of which one runs at a
// time. A task must not call runtime.LockOSThread, and runtime.Goexit in a task
// ends the goroutine that called [Run], as a test's FailNow wants it.
package eventloop
