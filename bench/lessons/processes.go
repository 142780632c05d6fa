package main

import (
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var processExamples = examples{
	"child-count":     func() { startAndWait(counting, span{0, 4}, span{0, 4}) },
	"child-to-ten":    func() { startAndWait(counting, span{1, 10}, span{1, 10}) },
	"two-child-naps":  func() { startAndWait(napping, "worker 1", "worker 2") },
	"naps-not-joined": fiveChildNaps,
	"primes":          func() { startAndWait(primes, 10_000, 20_000, 30_000) },
	"hello":           hello,
	"five-numbers":    fiveNumbers,
	"three-of-five":   threeOfFive,
	"ticks":           func() { startAndWait(ticking, clock{"quick", 1}, clock{"slow", 2}) },
}

func startAndWait[A any](action *processes.Action[A], arguments ...A) {
	var children []*processes.Process
	for _, argument := range arguments {
		children = append(children, action.Start(background, argument))
	}
	for _, child := range children {
		must(child.Wait())
	}
}

type span struct{ First, Last int }

var counting = processes.NewAction("count", func(s span) error {
	count(s.First, s.Last)
	return nil
})

var napping = processes.NewAction("nap", func(name string) error {
	nap(name, 1)
	return nil
})

// A cell waits for no child that nobody waits for, so this program waits.
func fiveChildNaps() {
	var names []string
	for id := range 5 {
		names = append(names, fmt.Sprint("worker ", id))
	}
	startAndWait(napping, names...)
}

var primes = processes.NewAction("primes", func(limit int) error {
	found := 0
	for n := 2; n <= limit; n++ {
		if isPrime(n) {
			found++
		}
	}
	fmt.Println(found, "primes up to", limit)
	return nil
})

func isPrime(n int) bool {
	for divisor := 2; divisor*divisor <= n; divisor++ {
		if n%divisor == 0 {
			return false
		}
	}
	return true
}

var sayHello = processes.NewAction("hello", func(queue *processes.Queue[string]) error {
	return queue.Put(background, "hello")
})

func hello() {
	queue := processes.NewQueue[string](1)
	child := sayHello.Start(background, queue)
	text, err := queue.Get(background)
	must(err)
	fmt.Println(text)
	must(child.Wait())
}

type putting struct {
	Number int
	Queue  *processes.Queue[int]
}

var putNumber = processes.NewAction("put", func(p putting) error {
	return p.Queue.Put(background, p.Number)
})

func fiveNumbers() {
	queue := processes.NewQueue[int](5)
	var arguments []putting
	for number := range 5 {
		arguments = append(arguments, putting{number, queue})
	}
	startAndWait(putNumber, arguments...)
	for range 5 {
		number, err := queue.Get(background)
		must(err)
		fmt.Println(number)
	}
}

type visit struct {
	Name string
	Room *processes.Semaphore
}

var visiting = processes.NewAction("visit", func(v visit) error {
	return v.Room.With(background, func() error {
		nap(v.Name, 1)
		return nil
	})
})

func threeOfFive() {
	room := processes.NewSemaphore("room", 3)
	var arguments []visit
	for id := range 5 {
		arguments = append(arguments, visit{fmt.Sprint("worker ", id), room})
	}
	startAndWait(visiting, arguments...)
}

type clock struct {
	Name  string
	Pause time.Duration
}

var ticking = processes.NewAction("tick", func(c clock) error {
	for number := range 5 {
		time.Sleep(c.Pause * second)
		fmt.Println(c.Name, "tick", number)
	}
	return nil
})
