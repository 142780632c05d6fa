package locks_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
)

// step is a call as a model sees it. The models are sequential specifications:
// whether there is an order of all steps, each between its call and its return,
// that a program with one goroutine could have gone through.
type step struct {
	op  string
	who int
}

// history is what goroutines did, for porcupine.
type history struct {
	mu    sync.Mutex // protects steps
	steps []porcupine.Operation
	start time.Time
}

// did adds steps that all happened between a call and now, each with a result.
func (h *history) did(call time.Duration, output any, steps ...step) {
	now := time.Since(h.start)
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range steps {
		h.steps = append(h.steps, porcupine.Operation{ClientId: len(h.steps), Input: s, Output: output, Call: int64(call), Return: int64(now)})
	}
}

// model is a sequential specification with states that == compares. It returns
// false if a step with this result cannot be the next.
type model[S comparable] struct {
	start S
	next  func(state S, s step, output any) (bool, S)
}

// check runs clients at once and holds what they did against the model.
func (m model[S]) check(t *testing.T, client func(who int, h *history)) {
	t.Parallel()
	const clients, histories = 4, 10
	for range histories {
		h := &history{start: time.Now()}
		var wg sync.WaitGroup
		for who := range clients {
			wg.Go(func() { client(who, h) })
		}
		wg.Wait()
		spec := porcupine.Model{
			Init: func() any { return m.start },
			Step: func(state, input, output any) (bool, any) { return m.next(state.(S), input.(step), output) },
		}
		if got := porcupine.CheckOperationsTimeout(spec, h.steps, 10*time.Second); got != porcupine.Ok {
			t.Fatalf("%v: no order of these %d steps explains what was seen: %v", got, len(h.steps), h.steps)
		}
	}
}

// calls is how many each client makes.
const calls = 25

// do calls one of the named functions at random and tells the history what it
// returned.
func (h *history) do(who int, ops map[string]func() any) {
	names := []string{}
	for name := range ops {
		names = append(names, name)
	}
	op := names[rand.IntN(len(names))]
	call := time.Since(h.start)
	output := ops[op]()
	h.did(call, output, step{op, who})
}

const nobody = -1

// mutex is the model of what one client at a time holds.
var mutex = model[int]{nobody, func(holder int, s step, output any) (bool, int) {
	switch {
	case s.op == "unlock":
		return holder == s.who, nobody
	case output == false: // neither at once nor in time
		return holder != nobody, holder
	}
	return holder == nobody, s.who
}}

func TestModelOfLocks(t *testing.T) {
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			l := kind()
			mutex.check(t, func(who int, h *history) {
				for range calls {
					call := time.Since(h.start)
					taken, op := true, "lock"
					switch rand.IntN(3) {
					case 0:
						l.lock()
					case 1:
						op, taken = "try", l.try()
					case 2:
						op, taken = "timeout", l.timeout(time.Duration(rand.IntN(20_000)))
					}
					h.did(call, taken, step{op, who})
					if !taken {
						continue
					}
					time.Sleep(time.Duration(rand.IntN(10_000)))
					call = time.Since(h.start)
					l.unlock()
					h.did(call, nil, step{"unlock", who})
				}
			})
		})
	}
}

func TestModelOfGIL(t *testing.T) {
	var gil locks.GIL
	gil.SetSwitchInterval(time.Nanosecond)
	mutex.check(t, func(who int, h *history) {
		for range calls {
			call := time.Since(h.start)
			gil.Run(func() {
				h.did(call, nil, step{"lock", who})
				call = time.Since(h.start)
				gil.Check() // gives it up and takes it again, maybe at once
				h.did(call, nil, step{"unlock", who}, step{"lock", who})
				call = time.Since(h.start)
				gil.Wait(func() {
					h.did(call, nil, step{"unlock", who})
					call = time.Since(h.start)
				})
				h.did(call, nil, step{"lock", who})
				call = time.Since(h.start)
			})
			h.did(call, nil, step{"unlock", who})
		}
	})
}

func TestModelOfRWMutex(t *testing.T) {
	type holders struct{ writers, readers int }
	var rw locks.RWMutex
	model[holders]{next: func(now holders, s step, output any) (bool, holders) {
		free := now.writers == 0
		switch s.op {
		case "runlock":
			return now.readers > 0, holders{now.writers, now.readers - 1}
		case "unlock":
			return now.writers == 1, holders{0, now.readers}
		case "read":
			if output == false { // a writer holds it, or waits for somebody
				return !free || now.readers > 0, now
			}
			return free, holders{0, now.readers + 1}
		}
		free = free && now.readers == 0
		if output == false {
			return !free, now
		}
		return free, holders{1, 0}
	}}.check(t, func(who int, h *history) {
		read := map[string]func() any{
			"read": func() any {
				switch rand.IntN(3) {
				case 0:
					return rw.TryRLock()
				case 1:
					return rw.RLockTimeout(time.Duration(rand.IntN(20_000)))
				}
				rw.RLock()
				return true
			},
			"write": func() any {
				switch rand.IntN(3) {
				case 0:
					return rw.TryLock()
				case 1:
					return rw.LockTimeout(time.Duration(rand.IntN(20_000)))
				}
				rw.Lock()
				return true
			},
		}
		for range calls {
			op := []string{"read", "write"}[rand.IntN(2)]
			call := time.Since(h.start)
			taken := read[op]()
			h.did(call, taken, step{op, who})
			if taken == false {
				continue
			}
			time.Sleep(time.Duration(rand.IntN(10_000)))
			call = time.Since(h.start)
			if op == "read" {
				rw.RUnlock()
				h.did(call, nil, step{"runlock", who})
			} else {
				rw.Unlock()
				h.did(call, nil, step{"unlock", who})
			}
		}
	})
}

func TestModelOfSemaphore(t *testing.T) {
	const permits = 2
	s := locks.NewSemaphore("", permits)
	model[int]{permits, func(free int, s step, output any) (bool, int) {
		switch {
		case s.op == "release":
			return true, free + 1
		case output == false:
			return free == 0, free
		}
		return free > 0, free - 1
	}}.check(t, func(who int, h *history) {
		for range calls {
			call := time.Since(h.start)
			taken := true
			switch rand.IntN(3) {
			case 0:
				s.Acquire()
			case 1:
				taken = s.TryAcquire()
			case 2:
				taken = s.AcquireTimeout(time.Duration(rand.IntN(20_000)))
			}
			h.did(call, taken, step{"acquire", who})
			if taken {
				time.Sleep(time.Duration(rand.IntN(10_000)))
				call = time.Since(h.start)
				s.Release()
				h.did(call, nil, step{"release", who})
			}
		}
	})
}

func TestModelOfEvent(t *testing.T) {
	var e locks.Event
	model[bool]{false, func(set bool, s step, output any) (bool, bool) {
		switch s.op {
		case "set":
			return true, true
		case "clear":
			return true, false
		}
		return set == output, set
	}}.check(t, func(who int, h *history) {
		for range calls {
			h.do(who, map[string]func() any{
				"set":   func() any { e.Set(); return nil },
				"clear": func() any { e.Clear(); return nil },
				"is":    func() any { return e.IsSet() },
				"wait":  func() any { return e.WaitTimeout(time.Duration(rand.IntN(20_000))) },
			})
		}
		call := time.Since(h.start) // the next history begins with the event clear
		e.Clear()
		h.did(call, nil, step{"clear", who})
	})
}

// A wait is two steps: the goroutine joins the queue, and goes on later.
func TestModelOfCond(t *testing.T) {
	type queue struct{ waiting, signalled int }
	var mu locks.Mutex
	cond := locks.NewCond("", &mu)
	model[queue]{next: func(now queue, s step, output any) (bool, queue) {
		switch s.op {
		case "join":
			return true, queue{now.waiting + 1, now.signalled}
		case "signal":
			if now.waiting == 0 {
				return true, now
			}
			return true, queue{now.waiting - 1, now.signalled + 1}
		case "broadcast":
			return true, queue{0, now.signalled + now.waiting}
		}
		if output == false {
			return now.waiting > 0, queue{now.waiting - 1, now.signalled}
		}
		return now.signalled > 0, queue{now.waiting, now.signalled - 1}
	}}.check(t, func(who int, h *history) {
		for range calls {
			call := time.Since(h.start)
			switch rand.IntN(4) {
			case 0, 1:
				mu.Lock()
				signalled := cond.WaitTimeout(time.Duration(1 + rand.IntN(50_000)))
				mu.Unlock()
				h.did(call, signalled, step{"join", who}, step{"go on", who})
			case 2:
				cond.Signal()
				h.did(call, nil, step{"signal", who})
			case 3:
				cond.Broadcast()
				h.did(call, nil, step{"broadcast", who})
			}
		}
	})
}

// A wait is two steps: the goroutine arrives, and goes on once all have.
func TestModelOfBarrier(t *testing.T) {
	const parties = 4
	type counts struct{ arrived, left int }
	b := locks.NewBarrier("", parties)
	model[counts]{next: func(now counts, s step, _ any) (bool, counts) {
		if s.op == "arrive" {
			return true, counts{now.arrived + 1, now.left}
		}
		return now.left < now.arrived/parties*parties, counts{now.arrived, now.left + 1}
	}}.check(t, func(who int, h *history) {
		for range calls {
			call := time.Since(h.start)
			if _, err := b.Wait(); err != nil {
				t.Error(err)
			}
			h.did(call, nil, step{"arrive", who}, step{"leave", who})
		}
	})
}

// What the models are worth: they refuse what must not happen.
func TestModelsRefuseMistakes(t *testing.T) {
	for name, ok := range map[string]bool{
		"two holders": accepts(mutex, step{"lock", 1}, true, step{"lock", 2}, true),
		"taken over":  accepts(mutex, step{"lock", 1}, true, step{"unlock", 2}, nil),
		"not free":    accepts(mutex, step{"try", 1}, false),
	} {
		if ok {
			t.Error("accepted:", name)
		}
	}
	if !accepts(mutex, step{"lock", 1}, true, step{"try", 2}, false, step{"unlock", 1}, nil, step{"try", 2}, true) {
		t.Error("refused what is right")
	}
}

func accepts[S comparable](m model[S], stepsAndResults ...any) bool {
	state := m.start
	for i := 0; i < len(stepsAndResults); i += 2 {
		ok, next := m.next(state, stepsAndResults[i].(step), stepsAndResults[i+1])
		if !ok {
			return false
		}
		state = next
	}
	return true
}

func (s step) String() string { return fmt.Sprint(s.op, " by ", s.who) }
