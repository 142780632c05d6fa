package events

import "slices"

// Over reports whether the recording that c was made for has ended. A process
// that outlives it can be followed by the next one as a child of its own.
func (c *Child) Over() bool {
	tape.Lock()
	defer tape.Unlock()
	return !slices.Contains(tape.children, c)
}
