//go:build race && amd64

package judge

// popcount calls what the race detector needs of C's library of helpers, and has here:
// where nothing is missing that only that library has, Go's linker does not go through
// all that is linked, several times, to find out what it should take of it. That saves
// a third of the time that a program takes to link, and so of what a learner waits for.
func popcount(x uint64) int64
