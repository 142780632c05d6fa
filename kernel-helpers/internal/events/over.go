package events

// Over reports whether the recordings that c was made for have ended. A process
// that outlives them can be followed by the next one as a child of its own.
func (c *Child) Over() bool {
	current.Lock()
	defer current.Unlock()
	return current.tape != c.tape
}
