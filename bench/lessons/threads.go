package main

import (
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var threadExamples = examples{
	"count":          func() { countTwice(0, 4) },
	"to-ten":         func() { countTwice(1, 10) },
	"main-goes-on":   mainGoesOn,
	"five-naps":      func() { fiveNaps(1) },
	"five-long-naps": func() { fiveNaps(2) },
	"late-start":     lateStart,
	"own-type":       ownType,
	"daemon":         daemon,
}

func count(first, last int) {
	for number := first; number <= last; number++ {
		fmt.Println(number)
	}
}

func countTwice(first, last int) {
	var group threads.Group
	for id := range 2 {
		group.Go(fmt.Sprint("counter ", id), func() { count(first, last) })
	}
	group.Wait()
}

func nap(name string, seconds time.Duration) {
	fmt.Println(name, "lies down")
	time.Sleep(seconds * second)
	fmt.Println(name, "is up")
}

func mainGoesOn() {
	sleeper := threads.Go("the sleeper", func() { nap("the sleeper", 2) })
	fmt.Println("main goes on")
	sleeper.Join()
}

func fiveNaps(seconds time.Duration) {
	var group threads.Group
	for id := range 5 {
		name := fmt.Sprint("worker ", id)
		group.Go(name, func() { nap(name, seconds) })
	}
	group.Wait()
	fmt.Println("all are up")
}

func steps(name string, n int) {
	for step := range n {
		fmt.Println(name, "step", step+1)
		time.Sleep(second)
	}
}

func lateStart() {
	early := threads.Go("early", func() { steps("early", 10) })
	time.Sleep(3 * second)
	late := threads.Go("late", func() { steps("late", 5) })
	early.Join()
	late.Join()
}

// clockThread is a type of thread of one's own.
type clockThread struct {
	name  string
	pause time.Duration
	ticks int
}

func (c clockThread) Run() {
	for tick := range c.ticks {
		time.Sleep(c.pause)
		fmt.Println(c.name, "tick", tick)
	}
}

func ownType() {
	var clocks []*threads.Thread
	for _, c := range []clockThread{{"quick", second, 5}, {"slow", 2 * second, 5}} {
		clocks = append(clocks, threads.Start(c.name, c))
	}
	for _, t := range clocks {
		t.Join()
	}
}

func heartbeat() {
	for {
		time.Sleep(second)
	}
}

func daemon() {
	threads.Go("heartbeat", heartbeat, threads.Daemon)
	fmt.Println("main is done")
}
