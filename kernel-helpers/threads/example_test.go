package threads_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func ExampleGo() {
	t := threads.Go("worker 1", func() {
		fmt.Println("in", threads.Current().Name())
	})
	t.Join()
	fmt.Println(t)
	// Output:
	// in worker 1
	// thread worker 1 (ended)
}

// Greeter is a thread type: what it needs, and what it does.
type Greeter struct {
	Who      string
	Greeting string // set by Run
}

func (g *Greeter) Run() { g.Greeting = "Hello, " + g.Who + "!" }

func ExampleStart() {
	g := &Greeter{Who: "gopher"}
	threads.Start("greeter", g).Join()
	fmt.Println(g.Greeting)
	// Output: Hello, gopher!
}

func ExampleGroup() {
	var group threads.Group
	squares := make([]int, 4)
	for i := range squares {
		group.Go(fmt.Sprint("worker ", i), func() { squares[i] = i * i })
	}
	group.Wait()
	fmt.Println(squares)
	// Output: [0 1 4 9]
}

func ExampleThread_JoinTimeout() {
	answer := make(chan string)
	t := threads.Go("slow", func() { <-answer })
	if !t.JoinTimeout(time.Millisecond) {
		fmt.Println(t)
	}
	close(answer)
	t.Join()
	// Output: thread slow (running)
}

func ExampleThread_JoinContext() {
	ctx, cancel := context.WithCancelCause(context.Background())
	t := threads.Go("worker", func() { <-ctx.Done() })
	cancel(errors.New("the reader has gone home"))
	fmt.Println(t.JoinContext(ctx))
	t.Join()
	// Output: the reader has gone home
}

// A panic does not end the program; it waits for whoever joins.
func ExamplePanicError() {
	t := threads.Go("divider", func() {
		zero := 0
		fmt.Println(1 / zero)
	})
	defer func() {
		p := recover().(*threads.PanicError)
		fmt.Println(p.Thread, "panicked:", p.Value)
	}()
	t.Join()
	// Output: divider panicked: runtime error: integer divide by zero
}

func ExampleNew() {
	t := threads.New("later", func() { fmt.Println("at last") })
	fmt.Println(t.State())
	t.Start()
	t.Join()
	fmt.Println(t.State())
	// Output:
	// not started
	// at last
	// ended
}

// A pinned thread stays on one OS thread, however often it waits.
func ExampleOSThread() {
	var before, after int
	player := threads.Go("player", func() {
		before = threads.OSThread()
		time.Sleep(time.Millisecond)
		after = threads.OSThread()
	}, threads.Pinned)
	player.Join()
	fmt.Println(before == after, after == player.OSThread())
	// Output: true true
}

func ExampleAfter() {
	alarm := threads.After(time.Hour, "alarm", func() { fmt.Println("too late") })
	fmt.Println("stopped in time:", alarm.Stop())
	threads.After(time.Millisecond, "egg timer", func() { fmt.Println("ready") }).Join()
	// Output:
	// stopped in time: true
	// ready
}

// A daemon accompanies others; nobody waits for it.
func ExampleEnd() {
	stop := make(chan struct{})
	beat := threads.Go("heartbeat", func() { <-stop }, threads.Daemon)
	threads.Go("worker", func() { fmt.Println("work done") })
	threads.End() // in a cell: defer threads.End(), first of all
	close(stop)   // an example is no cell: it has to leave nothing
	beat.Join()
	// Output:
	// work done
	// threads: 1 daemon thread ends with the cell: heartbeat
}

func ExampleActive() {
	stop := make(chan struct{})
	for _, name := range []string{"reader", "writer"} {
		threads.Go(name, func() { <-stop })
	}
	var names []string
	for _, t := range threads.Active() {
		names = append(names, t.Name())
	}
	fmt.Println(strings.Join(names, ", "))
	close(stop)
	for _, t := range threads.Active() {
		t.Join()
	}
	// Output: reader, writer
}
