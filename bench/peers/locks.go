package main

import (
	"sync"

	"github.com/interleave-lab/interleave/bench/answer"
	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

// A lock that nobody else wants, locked and unlocked. Two loops, so that the
// compiler may do with each what it would do with a reader's.
var lockCases = answer.Cases{
	"mutex": func() (answer.Case, error) {
		var mu locks.Mutex
		return answer.Batches(1000, func() error {
			for range 1000 {
				mu.Lock()
				mu.Unlock()
			}
			return nil
		})()
	},
	"mutex-sync": func() (answer.Case, error) {
		var mu sync.Mutex
		return answer.Batches(1000, func() error {
			for range 1000 {
				mu.Lock()
				mu.Unlock()
			}
			return nil
		})()
	},
}
