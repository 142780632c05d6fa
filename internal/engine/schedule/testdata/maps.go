// Package maps has programs about loops over maps, which the schedule gives an order.
package maps

import (
	"fmt"
	"math"
	"sync"
	"time"
)

func must(ok bool) {
	if !ok {
		panic("broken")
	}
}

func numbers(n int) map[int]int {
	m := map[int]int{}
	for i := range n {
		m[i] = i
	}
	return m
}

// want: passed
func EachOnce() {
	seen := map[int]int{}
	for k, v := range numbers(50) {
		must(k == v)
		seen[k]++
	}
	must(len(seen) == 50)
	for range seen {
		delete(seen, 0)
	}
	for _, n := range seen {
		must(n == 1)
	}
	var none map[string]int
	for range none {
		panic("nothing is in it")
	}
	for k := range none {
		panic(k)
	}
}

// want: passed
func WhatIsRemovedIsNotVisited() {
	m := numbers(10)
	visited := 0
	for k := range m {
		visited++
		delete(m, k)
		delete(m, (k+5)%10)
	}
	must(visited == 5 && len(m) == 0)
	m = numbers(10)
	for range m {
		clear(m)
	}
	for k := range numbers(10) {
		m[k] = 1
	}
	for k := range m {
		must(len(m) == 10)
		clear(m)
		_ = k
	}
}

// want: passed
func WhatIsChangedIsVisitedAsItIs() {
	m := numbers(10)
	first := true
	for k, v := range m {
		if first {
			first = false
			for other := range m {
				m[other] += 100
			}
			continue
		}
		must(v == k+100)
	}
}

// want: passed
func WhatIsAddedEnds() {
	m := numbers(3)
	for k := range m {
		m[k+3] = k
	}
	must(len(m) >= 6)
}

// want: passed
func KeysThatEqualNothing() {
	m := map[float64]int{1: 1, math.NaN(): 2, math.NaN(): 3}
	sum := 0
	for k, v := range m {
		must(k == 1 && v == 1 || k != k && v > 1)
		sum += v
	}
	must(sum == 6)
	visited := 0
	for k := range m {
		visited++
		clear(m)
		_ = k
	}
	must(visited == 1)
}

type set map[string]struct{}

type tree struct {
	children map[string]*tree
	names    set
}

func (t *tree) below() map[string]*tree { return t.children }

func (t *tree) count() (n int) {
	for _, child := range t.below() {
		n += child.count()
	}
	for name := range t.names {
		n += len(name)
	}
	return n + 1
}

// want: passed
func Branches() {
	leaf := func() *tree { return &tree{names: set{"a": {}, "bc": {}}} }
	root := &tree{children: map[string]*tree{"x": leaf(), "y": leaf(), "z": {children: map[string]*tree{"w": leaf()}}}}
	must(root.count() == 5+3*3)
	found := 0
outer:
	for name, child := range root.children {
		name := name + "!"
		for inner := range child.names {
			if inner == "a" {
				found++
				continue outer
			}
		}
		for range child.children {
			must(name == "z!")
			break outer
		}
	}
	must(found <= 2)
	first := func() (string, error) {
		for name := range root.children {
			return name, nil
		}
		return "", fmt.Errorf("empty")
	}
	name, err := first()
	must(err == nil && root.children[name] != nil)
	for k := range root.names {
		goto missing
	missing:
		panic(k)
	}
}

// want: passed
func OutsideVariables() {
	m := numbers(10)
	at := map[int]int{}
	var k, last int
	for k, at[k] = range m {
		last = k
	}
	must(k == last)
	var all [1]any
	calls := 0
	index := func() int { calls++; return 0 }
	for all[index()] = range m {
	}
	must(calls == 10 && all[0] != nil)
	for _, at[0] = range m {
	}
}

// want: passed
func WhatIsAddedIsVisitedOnceAtMost() {
	m := numbers(3)
	visited := 0
	for k := range m {
		visited++
		m[k+len(m)*10] = 0 // without an end, if each were visited
	}
	must(visited >= 3 && visited <= 6)
}

// want: panic
func WhatIsAddedMayBeVisited() {
	m := numbers(3)
	for k, v := range m {
		must(v == k)
		delete(m, k)
		m[k+10] = k + 1
	}
}

// want: panic
func WhatIsAddedMayBeLeftOut() {
	m := numbers(2)
	sum := 0
	for k := range m {
		m[2], m[3] = 2, 3
		sum += k
	}
	must(sum == 0+1+2+3)
}

// want: passed
func AVariableForEachRound() {
	var group sync.WaitGroup
	var mu sync.Mutex
	sum, later := 0, []func() int{}
	for k, v := range numbers(5) {
		later = append(later, func() int { k++; return k })
		group.Go(func() {
			v *= 2 // is its own
			mu.Lock()
			defer mu.Unlock()
			sum += v
		})
	}
	group.Wait()
	for _, f := range later {
		sum += f()
	}
	must(sum == 20+15)
}

// want: passed
func GuardedStore() {
	m := numbers(3)
	var mu sync.Mutex
	var group sync.WaitGroup
	group.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		m[7] = 7
	})
	mu.Lock()
	for k, v := range m {
		must(k == v)
	}
	mu.Unlock()
	group.Wait()
}

// want: race
func StoreBesideALoop() {
	m := numbers(3)
	var group sync.WaitGroup
	group.Go(func() { m[7] = 7 })
	sum := 0
	for _, v := range m {
		sum += v
	}
	group.Wait()
}

// want: race
func StoreAmidALoop() {
	m := numbers(3)
	start := make(chan int)
	var group sync.WaitGroup
	group.Go(func() { <-start; m[7] = 7 })
	for k := range m {
		if start != nil {
			close(start)
			start = nil
		}
		time.Sleep(time.Duration(k))
	}
	group.Wait()
}

// want: race
func SharedVariable() {
	var group sync.WaitGroup
	var k int
	for k = range numbers(3) {
		group.Go(func() { _ = fmt.Sprint(k) })
	}
	group.Wait()
}

// want: panic
func TheFirstOfMany() {
	for k := range numbers(20) {
		if k == 13 {
			panic("not the first")
		}
		return
	}
}
