package main

import (
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

var semaphoreExamples = examples{
	"two-of-five":        func() { visits(2, 5, second, 0) },
	"two-of-three":       func() { visits(2, 3, second, 0) },
	"five-of-ten":        func() { visits(5, 10, 5*second, second/2) },
	"semaphore-in-scope": semaphoreInScope,
	"semaphore-by-hand":  semaphoreByHand,
}

func visits(permits, visitors int, stay, between time.Duration) {
	room := locks.NewSemaphore("room", permits)
	var group threads.Group
	for id := range visitors {
		name := fmt.Sprint("visitor ", id)
		group.Go(name, func() {
			room.With(func() {
				fmt.Println(name, "comes in")
				time.Sleep(stay)
				fmt.Println(name, "goes")
			})
		})
		time.Sleep(between)
	}
	group.Wait()
}

func semaphoreInScope() {
	locks.NewSemaphore("room", 5).With(func() {
		fmt.Println("inside")
		time.Sleep(second)
	})
}

func semaphoreByHand() {
	room := locks.NewSemaphore("room", 5)
	room.Acquire()
	defer room.Release()
	fmt.Println("inside")
	time.Sleep(second)
}
