package processes_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// Whether what several processes saw of one thing can be explained by some order of
// all that they did, each between its call and its return.

// act is something that a process did, on the clock that all processes have.
type act struct {
	Op           string
	N            int // what went in or came out
	OK           bool
	Call, Return int64
}

// acting is what a process does it to.
type acting struct {
	What      string
	Who       int
	Here      *processes.Queue[int] // who is ready
	Start     *processes.Event      // when all are
	Queue     *processes.Queue[int]
	Semaphore *processes.Semaphore
	Lock      *processes.Lock
	Value     *processes.Value[int]
	Event     *processes.Event
}

func now() int64 {
	var t unix.Timespec
	unix.ClockGettime(unix.CLOCK_MONOTONIC, &t)
	return t.Nano()
}

const rounds = 20

var actOn = processes.NewFunc("act", func(a acting) (did []act, err error) {
	do := func(op string, f func() (int, bool, error)) (ok bool) {
		if rand.IntN(4) == 0 {
			time.Sleep(time.Duration(rand.IntN(50)) * time.Microsecond)
		}
		call := now()
		n, ok, e := f()
		if e != nil {
			err = e
		}
		did = append(did, act{op, n, ok, call, now()})
		return ok
	}
	if err := errors.Join(a.Here.Put(background, a.Who), a.Start.Wait(background)); err != nil {
		return nil, err
	}
	for i := range rounds {
		switch a.What {
		case "queue":
			n := a.Who*rounds + i
			do("put", func() (int, bool, error) { return n, true, a.Queue.Put(background, n) })
			do("get", func() (int, bool, error) { n, err := a.Queue.Get(background); return n, true, err })
		case "semaphore":
			take := map[bool]func() (int, bool, error){
				true:  func() (int, bool, error) { return 0, true, a.Semaphore.Acquire(background) },
				false: func() (int, bool, error) { ok, err := a.Semaphore.TryAcquire(); return 0, ok, err },
			}
			if do("take", take[rand.IntN(2) == 0]) {
				do("give", func() (int, bool, error) { a.Semaphore.Release(); return 0, true, nil })
			}
		case "lock":
			take := map[bool]func() (int, bool, error){
				true:  func() (int, bool, error) { return a.Who, true, a.Lock.Lock(background) },
				false: func() (int, bool, error) { ok, err := a.Lock.TryLock(); return a.Who, ok, err },
			}
			if do("take", take[rand.IntN(2) == 0]) {
				do("give", func() (int, bool, error) { a.Lock.Unlock(); return a.Who, true, nil })
			}
		case "value":
			do("add", func() (int, bool, error) { return processes.Add(a.Value, 1), true, nil })
			do("load", func() (int, bool, error) { return a.Value.Load(), true, nil })
		case "event":
			do("set", func() (int, bool, error) { return 0, true, a.Event.Set() })
			do("is set", func() (int, bool, error) { ok, err := a.Event.IsSet(); return 0, ok, err })
			do("clear", func() (int, bool, error) { return 0, true, a.Event.Clear() })
		}
	}
	return did, err
})

const (
	modelBound = 2 // of the queue
	modelSeats = 2 // of the semaphore
)

// models are sequential specifications: the next state, if there is one.
var models = map[string]func(state []int, a act) (next []int, ok bool){
	"queue": func(state []int, a act) ([]int, bool) {
		if a.Op == "put" {
			return append(slices.Clone(state), a.N), len(state) < modelBound
		}
		return state[min(1, len(state)):], len(state) > 0 && state[0] == a.N
	},
	"semaphore": func(state []int, a act) ([]int, bool) {
		switch {
		case a.Op == "give":
			return state[:max(len(state)-1, 0)], len(state) > 0
		case !a.OK:
			return state, len(state) == modelSeats
		}
		return append(slices.Clone(state), 1), len(state) < modelSeats
	},
	"lock": func(state []int, a act) ([]int, bool) {
		switch {
		case a.Op == "give":
			return nil, slices.Equal(state, []int{a.N})
		case !a.OK:
			return state, len(state) == 1
		}
		return []int{a.N}, len(state) == 0
	},
	"value": func(state []int, a act) ([]int, bool) {
		if a.Op == "add" {
			return append(slices.Clone(state), 1), a.N == len(state)+1
		}
		return state, a.N == len(state)
	},
	"event": func(state []int, a act) ([]int, bool) {
		switch a.Op {
		case "set":
			return []int{1}, true
		case "clear":
			return nil, true
		}
		return state, a.OK == (len(state) == 1)
	},
}

func TestModels(t *testing.T) {
	const histories = 4
	for what := range models {
		t.Run(what, func(t *testing.T) {
			for range histories {
				checkHistory(t, what)
			}
		})
	}
}

func checkHistory(t *testing.T, what string) {
	const clients = 3
	a := acting{what, 0, processes.NewQueue[int](clients), processes.NewEvent("start"),
		processes.NewQueue[int](modelBound), processes.NewSemaphore("", modelSeats),
		processes.NewLock(""), processes.NewValue(0), processes.NewEvent("")}
	var running []*processes.Call[[]act]
	for a.Who = range clients {
		running = append(running, actOn.Start(t.Context(), a))
	}
	for range clients {
		if _, err := a.Here.Get(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Start.Set(); err != nil {
		t.Fatal(err)
	}
	var history []porcupine.Operation
	for who, p := range running {
		did, err := p.Wait()
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range did {
			history = append(history, porcupine.Operation{ClientId: who, Input: a, Call: a.Call, Return: a.Return})
		}
	}
	next := models[what]
	spec := porcupine.Model{
		Init:  func() any { return []int(nil) },
		Step:  func(state, input, _ any) (bool, any) { n, ok := next(state.([]int), input.(act)); return ok, n },
		Equal: func(a, b any) bool { return slices.Equal(a.([]int), b.([]int)) },
	}
	if got := porcupine.CheckOperationsTimeout(spec, history, 10*time.Second); got != porcupine.Ok {
		t.Errorf("%v: no order explains these %d steps: %v", got, len(history), history)
	}
}
