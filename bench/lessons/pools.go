package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var poolExamples = examples{
	"thread-squares":    func() { mapped("squares", pools.Threads(5, square), upTo(10)) },
	"process-squares":   func() { mapped("squares", pools.Processes(5, squares), upTo(10)) },
	"naps-as-completed": napsAsCompleted,
	"naps-mapped":       func() { mapped("naps", pools.Processes(2, naps), upTo(4)) },
	"pipeline":          pipeline,
	"computing":         computing,
}

func square(n int) (int, error) { return n * n, nil }

var squares = processes.NewFunc("square", square)

func upTo(n int) []int {
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i
	}
	return numbers
}

func mapped(name string, pool *pools.Pool[int, int], numbers []int) {
	defer pool.Close()
	results, err := pool.Map(background, numbers)
	must(err)
	fmt.Println(name, strings.Trim(fmt.Sprint(results), "[]"))
}

func sleepAndReturn(number int) (int, error) {
	time.Sleep(second)
	return number, nil
}

var naps = processes.NewFunc("nap and return", sleepAndReturn)

func napsAsCompleted() {
	pool := pools.Threads(2, sleepAndReturn)
	defer pool.Close()
	var futures []*pools.Future[int]
	for number := range 4 {
		futures = append(futures, pool.Submit(background, number))
	}
	for future := range pools.AsCompleted(futures...) {
		number, err := future.Result(background)
		must(err)
		fmt.Println("done:", number)
	}
}

func sum(numbers []int) (int, error) {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return total, nil
}

var sums = processes.NewFunc("sum", sum)

func pipeline() {
	data := upTo(1_000_000)
	quarter := len(data) / 4
	var chunks [][]int
	for at := 0; at < len(data); at += quarter {
		chunks = append(chunks, data[at:at+quarter])
	}
	pool := pools.Processes(4, sums)
	defer pool.Close()
	parts, err := pool.Map(background, chunks)
	must(err)
	total, _ := sum(parts)
	fmt.Println("total", total)
}

var primeCounts = processes.NewFunc("count primes", func(limit int) (int, error) {
	found := 0
	for n := 2; n < limit; n++ {
		if isPrime(n) {
			found++
		}
	}
	return found, nil
})

func computing() {
	limits := make([]int, 8)
	for i := range limits {
		limits[i] = 10_000
	}
	mapped("primes", pools.Processes(4, primeCounts), limits)
}
