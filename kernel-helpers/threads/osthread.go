package threads

// OSThread returns the system's id of the OS thread that a [Pinned] thread runs
// on. It is 0 if the thread is not pinned, does not run yet, or the system does
// not tell.
func (t *Thread) OSThread() int { return int(t.osThread.Load()) }
