package judge

import (
	"runtime"
	"runtime/debug"
)

// collectLate puts the first garbage collection off until the heap has grown to 64
// MB, which few checks need; from then on Go collects as ever. A collection starts
// Go's scavenger, whose timers hide that nothing else in a program waits for a
// time. It holds for children, too, which run the same initialisers.
func collectLate() {
	const usual, late = 100, 1600 // percent; the heap's least size is 4 MB at the usual
	debug.SetGCPercent(late)
	runtime.AddCleanup(new([16]byte), func(int) { debug.SetGCPercent(usual) }, 0)
}
