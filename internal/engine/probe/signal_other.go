//go:build unix && !linux

package probe

// noSignal is nothing here: Go ignores the signal.
const noSignal = 0
