// Package processes runs Go functions in processes of their own: real children
// with their own memory, their own exit status and a core to themselves.
//
// Use it to see what a process is: that it shares no memory unless it is asked to,
// that its crash harms nobody else, that it costs a thousand times more to start
// than a goroutine. Do not use it to make Go faster: goroutines already run on
// every core.
//
//	var primes = processes.NewFunc("primes", func(n int) ([]int, error) { … })
//
//	found, err := primes.Start(ctx, 30_000).Wait()
//
// The child is the same program started again. It runs the initialisers of the
// package's variables and every init function, and then, in place of the rest of
// main, the function. So a function is declared at package level, and main calls
// flag.Parse before it starts one. Argument and result travel by encoding/gob:
// exported fields only, no channels and no functions. What main or another
// function has done to a package variable, the child does not see.
//
// What a child prints appears line by line behind its name. A child never
// outlives the process that started it: when main returns, the children that
// nobody waited for end with it, as goroutines do. What a child has started itself
// ends with the child, unless it has left the child's process group.
//
// # What processes share
//
// These are made by the parent, and become a child's by being its argument, or
// part of it:
//
//   - [Queue], values from any process to any other
//   - [End], one of the two ends of a pipe between two processes
//   - [Lock], [Semaphore] and [Event]
//   - [Value] and [Array], numbers and structs of numbers in shared memory
//
// A process that is killed in the middle of something leaves the others a working
// object: a queue loses the value that the process had in hand, a semaphore gets
// its permits back, a lock is free and says once that it was abandoned
// ([ErrAbandoned]), a value is as it was before the change. Each takes a file
// descriptor of every process that has it, a pipe two. Nothing needs to be closed to
// give them back: what nobody holds any more goes.
//
// # Waiting
//
// What may wait for long takes a context. A call that need not wait for others does
// its work even if the context is done; one that would wait, or waits, then returns
// [context.Cause] of it. While no child lives, Go's own "all goroutines are asleep"
// reports a wait that nobody can end.
//
// # Systems
//
// Linux has all of this; other Unix systems, such as macOS, make do. Windows has
// none of it, and needs WSL2.
//
//	                             Linux                 other Unix systems
//	what is shared lies in       memory (memfd_create) a file of the temporary folder
//	who waits for it             sleeps on a futex     looks every 0.02 to 1 ms
//	a worker is asked through    shared memory         a socket
//	a child whose parent dies    is killed at once     ends itself when it notices
//	a dead holder is told by     a lock on a file      its number, which may be reused
//	what a child left is killed  before its number is  after its number is free
//	                             free for others
//	a child's deadlock           is reported by Go     shows as a wait without end
//	ps and top show              the function's name   the program's name
package processes
