// Package race lets a helper do its own bookkeeping unseen by the race detector.
//
// The detector takes every lock, channel and atomic variable for an order between
// those who use it. A helper that locks something of its own between two of a
// reader's functions would so hide the race between them. What is protected by
// something hidden is for functions that are go:norace, and what order there is
// between the reader's functions is told with an [Order].
//
// Without the race detector nothing of this costs anything.
package race
