package schedule

import "github.com/interleave-lab/interleave/internal/engine/wire"

// called is where Enter notes that code of a woven program runs: ever, and since Uncalled.
var called = new(wire.Calls)

// NoteCalls has Enter note it in memory that outlives the process. Call it before any
// check runs.
func NoteCalls(in *wire.Calls) {
	in[2] = called[0] // in an initialiser
	called = in
}

// Enter stands at the beginning of each function of a woven program.
//
//go:norace
func Enter() { called[0], called[1] = 1, 1 }

// Uncalled lets what follows be noted anew.
//
//go:norace
func Uncalled() { called[1] = 0 }
