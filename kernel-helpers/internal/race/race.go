// Package race lets a helper do its own bookkeeping unseen by the race detector.
//
// The detector takes every lock, channel and atomic variable for an order between
// those who use it. A helper that locks something of its own between two of a
// reader's functions would so hide the race between them. What is protected by
// something hidden is for functions that are go:norace, and what order there is
// between the reader's functions is told with an [Order].
//
// Between Hide and Unhide nothing may wait for long: virtual time orders what a
// goroutine did before it waits and what comes after synctest.Wait, and that would
// be hidden, too. Nor may anything be called that synchronises for itself, such as
// package fmt or a context: it would seem to race. Maps, and a close of a channel
// beside a send, are seen as accesses in spite of go:norace.
//
// Without the race detector nothing of this costs anything.
package race
