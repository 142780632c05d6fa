package pools

import "fmt"

// Option is a property of a pool.
type Option func(*crew)

// QueueSize lets at most n tasks wait in line for a worker, so that who submits
// faster than the pool works does not fill the memory: [Pool.Submit] then waits
// for a place. Without it the line is as long as it gets. With n below one every
// task fails.
//
// A task that submits to its own pool may wait for ever for a place there.
func QueueSize(n int) Option {
	return func(c *crew) {
		if n < 1 {
			c.err = fmt.Errorf("pools: a queue of size %d takes no task: give it at least one place", n)
			return
		}
		c.places = make(chan struct{}, n)
	}
}
