//go:build go1.21

// Package rounds has programs in Go before 1.22, where all rounds of a loop had the same
// variables.
package rounds

import (
	"fmt"
	"sync"
)

// want: race
func OneVariableForAllRounds() {
	var group sync.WaitGroup
	for k := range map[int]int{1: 1, 2: 2} {
		group.Add(1)
		go func() {
			defer group.Done()
			_ = fmt.Sprint(k)
		}()
	}
	group.Wait()
}

// want: passed
func AVariableOfItsOwn() {
	var group sync.WaitGroup
	for k, v := range map[int]int{1: 1, 2: 2} {
		k, v := k, v
		group.Add(1)
		go func() {
			defer group.Done()
			_ = fmt.Sprint(k, v)
		}()
	}
	group.Wait()
}
