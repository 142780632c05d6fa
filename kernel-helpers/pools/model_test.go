package pools_test

import (
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

// A future as a sequential specification: of all that its users see, each thing
// between its call and its return, some order is one that this could have.
//
// Pending may become anything, Running may become Done, and Done stays.
type seen struct {
	op  string // "cancel", "begin", "state", "result"
	out any
}

type futureState struct {
	state     pools.State
	cancelled bool
}

var futureModel = (&porcupine.NondeterministicModel{
	Init: func() []any { return []any{futureState{}} },
	Step: func(state, _, output any) []any {
		s, o := state.(futureState), output.(seen)
		running, done := futureState{state: pools.Running}, futureState{state: pools.Done}
		cancelled := futureState{pools.Done, true}
		switch {
		case o.op == "cancel" && o.out == true && s.state == pools.Pending:
			return []any{cancelled}
		case o.op == "cancel" && o.out == false && s.state == pools.Pending:
			return []any{running} // it has begun, and nobody saw it
		case o.op == "cancel" && o.out == false:
			return []any{s}
		case o.op == "begin" && !s.cancelled && s.state != pools.Done:
			return []any{running} // it may have been seen to run before its function saw it
		case o.op == "state" && o.out == pools.Running && s.state == pools.Pending:
			return []any{running}
		case o.op == "state" && o.out == pools.Done && s.state == pools.Running:
			return []any{done}
		case o.op == "state" && o.out == s.state:
			return []any{s}
		case o.op == "result" && o.out == nil && !s.cancelled && s.state != pools.Pending:
			return []any{done}
		case o.op == "result" && o.out == pools.ErrCancelled && s.cancelled:
			return []any{s}
		}
		return nil
	},
}).ToModel()

func TestFutureIsLinearizable(t *testing.T) {
	outcomes := map[bool]int{}
	for range 300 {
		var mu sync.Mutex
		var history []porcupine.Operation
		start := time.Now()
		see := func(op string, f func() any) {
			call := time.Since(start)
			out := f()
			ret := time.Since(start)
			mu.Lock()
			defer mu.Unlock()
			history = append(history, porcupine.Operation{
				ClientId: len(history), Output: seen{op, out}, Call: int64(call), Return: int64(ret),
			})
		}
		pool := pools.Threads(1, func(int) (int, error) {
			see("begin", func() any { return nil })
			return 0, nil
		})
		f := pool.Submit(t.Context(), 0)
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() {
				see("state", func() any { return f.State() })
				for range rand.IntN(3) {
					runtime.Gosched()
				}
				see("cancel", func() any { return f.Cancel() })
				see("state", func() any { return f.State() })
				see("result", func() any {
					err := f.Err(t.Context())
					if errors.Is(err, pools.ErrCancelled) {
						return pools.ErrCancelled
					}
					return err
				})
			})
		}
		wg.Wait()
		pool.Close()
		outcomes[errors.Is(f.Err(t.Context()), pools.ErrCancelled)]++
		if got := porcupine.CheckOperationsTimeout(futureModel, history, 10*time.Second); got != porcupine.Ok {
			t.Fatalf("no order explains what was seen: %v: %+v", got, history)
		}
	}
	t.Log("of 300 tasks were cancelled:", outcomes[true])
}
