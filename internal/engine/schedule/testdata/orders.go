// Package orders has programs that panic with the order in which something came: it is
// another under other seeds, and the same under the same one.
package orders

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule/woven/check"
)

// tell ends a program with what came in which order.
func tell[T any](came []T) {
	panic(fmt.Sprint("order: ", came))
}

// letters is a map of many keys; how they are stored depends on numbers of the runtime's.
func letters() map[string]int {
	m := map[string]int{}
	for i := range 26 {
		m[string(rune('a'+i))] = i
	}
	return m
}

// want: panic
func KeysOfAMap() {
	var came []string
	for k := range letters() {
		came = append(came, k)
	}
	tell(came)
}

// want: panic
func ValuesOfAMap() {
	var came []int
	for _, v := range letters() {
		came = append(came, v)
	}
	tell(came)
}

// want: panic
func FewKeys() {
	var came []int
	for k, v := range map[int]int{1: 2, 2: 3, 3: 4} {
		came = append(came, k*10+v)
	}
	tell(came)
}

type point struct {
	x, y float64
	name any
}

// want: panic
func KeysOfManyParts() {
	m := map[point]bool{}
	for i := range 20 {
		m[point{float64(i % 3), float64(i), nil}] = true
		m[point{1, 2, i}] = true
		m[point{1, 2, fmt.Sprint(i)}] = true
	}
	var came []string
	for k := range m {
		came = append(came, fmt.Sprint(k))
	}
	tell(came)
}

type table map[string]int

type holder struct{ inner struct{ of *table } }

// want: panic
func AMapInAField() {
	t := table(letters())
	h := &holder{}
	h.inner.of = &t
	var came []string
	for k := range *h.inner.of {
		came = append(came, k)
	}
	tell(came)
}

func keysOf[M ~map[K]V, K comparable, V any](m M) (keys []K) {
	for k := range m {
		keys = append(keys, k)
	}
	return keys
}

// want: panic
func AMapOfATypeParameter() { tell(keysOf(letters())) }

// want: panic
func PackageMaps() {
	m := letters()
	came := slices.Collect(maps.Keys(m))
	for k := range maps.All(m) {
		came = append(came, k)
	}
	maps.DeleteFunc(m, func(k string, _ int) bool {
		came = append(came, k)
		return false
	})
	tell(came)
}

// want: panic
func ASyncMap() {
	var m sync.Map
	for k, v := range letters() {
		m.Store(k, v)
	}
	var came []string
	m.Range(func(k, _ any) bool {
		came = append(came, k.(string))
		return true
	})
	tell(came)
}

// atOnce starts goroutines that tell their number when wait returns, at one instant.
func atOnce(wait func(until time.Time)) {
	until := time.Now().Add(time.Hour)
	came := make(chan int, 6)
	for i := range cap(came) {
		go func() {
			wait(until)
			came <- i
		}()
	}
	var order []int
	for range cap(came) {
		order = append(order, <-came)
	}
	tell(order)
}

// want: panic
func Sleeps() { atOnce(func(until time.Time) { time.Sleep(time.Until(until)) }) }

// want: panic
func Afters() { atOnce(func(until time.Time) { <-time.After(time.Until(until)) }) }

// want: panic
func Timers() { atOnce(func(until time.Time) { <-time.NewTimer(time.Until(until)).C }) }

// want: panic
func SelectsOfTimers() {
	atOnce(func(until time.Time) {
		select {
		case <-time.After(time.Until(until)):
		case <-make(chan int):
		}
	})
}

// want: panic
func Deadlines() {
	atOnce(func(until time.Time) {
		ctx, cancel := context.WithDeadline(context.Background(), until)
		defer cancel()
		<-ctx.Done()
	})
}

// want: panic
func OneDeadline() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	atOnce(func(time.Time) { <-ctx.Done() })
}

// want: panic
func AClosedChannel() {
	all := make(chan int)
	time.AfterFunc(time.Minute, func() { close(all) })
	atOnce(func(time.Time) { <-all })
}

// want: panic
func FunctionsOfTimers() {
	until := time.Now().Add(time.Hour)
	came := make(chan int, 6)
	for i := range cap(came) {
		time.AfterFunc(time.Until(until), func() { came <- i })
	}
	var order []int
	for range cap(came) {
		order = append(order, <-came)
	}
	tell(order)
}

// want: panic
func FunctionsOfContexts() {
	ctx, cancel := context.WithCancel(context.Background())
	came := make(chan int, 6)
	for i := range cap(came) {
		context.AfterFunc(ctx, func() { came <- i })
	}
	cancel()
	var order []int
	for range cap(came) {
		order = append(order, <-came)
	}
	tell(order)
}

// want: panic
func Tickers() {
	until := time.Now().Add(time.Hour)
	atOnce(func(time.Time) {
		t := time.NewTicker(time.Until(until))
		defer t.Stop()
		<-t.C
	})
}

// want: panic
func ABroadcast() {
	var mu sync.Mutex
	c := sync.NewCond(&mu)
	open := false
	time.AfterFunc(time.Minute, func() { mu.Lock(); open = true; c.Broadcast(); mu.Unlock() })
	atOnce(func(time.Time) {
		mu.Lock()
		for !open {
			c.Wait()
		}
		mu.Unlock()
	})
}

// want: panic
func CallersOfACheck() {
	came := make(chan int, 6)
	check.Together(cap(came), func(i int) { came <- i })
	var order []int
	for range cap(came) {
		order = append(order, <-came)
	}
	tell(order)
}

// want: panic
func CallersThatLock() {
	var mu sync.Mutex
	var order []int
	check.Together(6, func(i int) {
		mu.Lock()
		defer mu.Unlock()
		order = append(order, i)
	})
	tell(order)
}
