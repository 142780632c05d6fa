// Package shapes has statements of every shape. Each program compares what its woven
// text does with what Go's own would.
package shapes

import (
	"fmt"
	. "sync"
	at "sync/atomic"
	. "time"
)

func same[T comparable](got, want T) {
	if got != want {
		panic(fmt.Sprint(got, ", want ", want))
	}
}

// want: passed
func GotoSelect() {
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	ch <- 3
	n, rounds := 0, 0
again:
	select {
	case x := <-ch:
		n += x
		rounds++
		goto again
	default:
	}
	same(n, 6)
	if rounds == 3 {
		rounds++
		goto again
	}
	same(rounds, 4)
}

// want: passed
func GotoAndBreak() {
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	n := 0
again:
	select {
	case x := <-ch:
		n += x
		if x == 2 {
			break again
		}
		goto again
	}
	same(n, 3)
	goto end
end:
}

// want: passed
func LabelsAndLoops() {
	ch := make(chan int, 10)
	for i := range 10 {
		ch <- i
	}
	close(ch)
	n := 0
loop:
	for {
		select {
		case x, ok := <-ch:
			switch {
			case !ok:
				break loop
			case x%2 == 0:
				continue loop
			}
			n += x
		}
	}
	same(n, 25)
inner:
	select {
	default:
		for {
			break inner
		}
	}
choice:
	switch {
	case n > 0:
		break choice
	default:
		panic("not left")
	}
}

func terminates(a, b chan int) int {
	select {
	case v := <-a:
		return v
	case <-b:
		panic("b")
	}
}

func terminatesLabelled(a chan int) int {
forever:
	for {
		select {
		case v := <-a:
			return v
		default:
			continue forever
		}
	}
}

// want: passed
func Terminating() {
	a := make(chan int, 1)
	a <- 1
	same(terminates(a, nil), 1)
	a <- 2
	same(terminatesLabelled(a), 2)
}

type pair struct{ a, b int }

// want: passed
func Cases() {
	var (
		errs   = make(chan error, 1)
		bytes  = make(chan uint8, 3)
		floats = make(chan<- float64, 3)
		funcs  = make(chan func() int, 1)
		never  chan int
		shift  = 3
		got    pair
		table  = map[string]int{}
		ok     bool
	)
	for range 3 {
		select {
		case errs <- nil:
		case errs <- fmt.Errorf("a"):
		case never <- 1:
		}
		<-errs
		select {
		case bytes <- 1 << shift:
		case floats <- 1:
		}
	}
	select {
	case funcs <- func() int {
		Sleep(Second)
		return 7 // over lines
	}:
	}
	same((<-funcs)(), 7)
	pairs := make(chan pair, 1)
	select {
	case pairs <- pair{
		a: 1, // one
		b: len(`two
lines`),
	}:
	case <-never:
	}
	same(<-pairs, pair{1, 9})
	ints := make(chan int, 1)
	for range 3 {
		ints <- 4
		select {
		case got.a = <-ints:
		case table["x"], ok = <-ints:
		case _ = <-ints:
		case (<-ints):
		}
		_ = ok
	}
}

// want: passed
func OperandsOnce() {
	var calls []string
	ch := make(chan int, 1)
	operand := func(name string) chan int { calls = append(calls, name); return ch }
	value := func() int { calls = append(calls, "value"); return 1 }
	select {
	case operand("send") <- value():
	case <-operand("receive"):
	}
	same(fmt.Sprint(calls), "[send value receive]")
	var nothing chan int
	select {
	case nothing <- value():
	case <-nothing:
	default:
	}
	same(len(calls), 4)
}

func generic[C chan T | <-chan T, T any](c C) (v T) {
	select {
	case v = <-c:
	}
	return v
}

func send[T any](c chan<- T, v T) {
	select {
	case c <- v:
	}
}

type named chan int

// want: passed
func Generic() {
	ch := make(chan string, 1)
	send(ch, "a")
	same(generic(ch), "a")
	n := make(named, 1)
	select {
	case n <- 1:
	}
	select {
	case v := <-n:
		same(v, 1)
	}
}

type embeds struct {
	Mutex
	*RWMutex
	n     at.Int32
	group WaitGroup
}

// want: passed
func Types() {
	e := embeds{RWMutex: new(RWMutex)}
	e.Mutex.Lock()
	unlock := e.Mutex.Unlock
	add := (*at.Int32).Add
	add(&e.n, 2)
	unlock()
	e.group.Go(func() { e.n.Add(1) })
	e.group.Wait()
	same(e.n.Load(), 3)
	all := map[string]*Mutex{"a": {}}
	all["a"].Lock()
	defer all["a"].Unlock()
	var l Locker = e.RLocker()
	l.Lock()
	defer l.Unlock()
	literal := struct {
		mu Mutex
		n  int
	}{n: 1}
	literal.mu.Lock()
}

// want: passed
func Shadowed() {
	type clock struct{ Sleep func(int) }
	time, sync := clock{Sleep: func(int) {}}, 1
	time.Sleep(sync)
	Sleep := func(n int) int { return n + sync }
	same(Sleep(1), 2)
	schedule_, woven_, chosen := 1, 2, 3
	ch := make(chan int, 1)
	select {
	case ch <- schedule_ + woven_ + chosen:
	}
	same(<-ch, 6)
}

func seq(yield func(int) bool) {
	for i := range 3 {
		if !yield(i) {
			return
		}
	}
}

type ready <-chan bool

func (r ready) wait() bool { return <-r }

// want: passed
func Loops() {
	n := 0
	for i := range seq {
		n += i
	}
	ch := make(chan bool, 3)
	for i := 0; ready(func() chan bool { ch <- i < 2; return ch }()).wait(); i++ {
		n++
	}
	if x := len(ch); x > 0 {
		panic("left")
	} else if ch <- true; <-ch {
		n++
	} else if !<-ch {
		panic("else")
	}
	switch x := <-func() chan int { c := make(chan int, 1); c <- 1; return c }(); {
	case x == 1:
		n++
		fallthrough
	default:
		n++
	}
	var v any = ch
	switch c := v.(type) {
	case chan bool:
		c <- true
	}
	for range ch {
		break
	}
	same(n, 8)
}

// want: passed
func Deferred() {
	var order []int
	func() {
		ch := make(chan int)
		defer func() { _, ok := <-ch; order = append(order, 3); same(ok, false) }()
		defer close(ch)
		defer func(n int) { order = append(order, n) }(2)
		for i := range 2 {
			defer func() { order = append(order, i) }()
		}
		defer func() { same(recover(), any("p")) }()
		panic("p")
	}()
	same(fmt.Sprint(order), "[1 0 2 3]")
	var wg WaitGroup
	wg.Add(1)
	go wg.Done()
	wg.Wait()
}

// want: passed
func Nested() {
	a, b := make(chan int, 1), make(chan int, 1)
	select {
	case a <- 1:
		select {
		case b <- 2:
			select {
			case v := <-a: // a comment
				same(v, 1)
			}
			/* another */
		case <-b:
		}
	}
	same(<-b, 2)
	var wg WaitGroup
	wg.Go(func() {
		select {
		case a <- 1:
		case b <- 1:
		}
	})
	wg.Wait()
}
