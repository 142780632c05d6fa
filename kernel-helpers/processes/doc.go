// Package processes runs Go functions in processes of their own: real children
// with their own memory, their own exit status and a core to themselves.
//
// Use it to see what a process is: that it shares no memory, that its crash
// harms nobody else, that it costs a thousand times more to start than a
// goroutine. Do not use it to make Go faster: goroutines already run on every
// core.
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
// nobody waited for end with it, as goroutines do.
package processes
