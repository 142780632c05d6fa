package schedule

import (
	"math/rand/v2"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// Spin does nothing. It stands in a loop that does nothing else, so that stacks have
// the loop's line.
//
//go:noinline
func Spin() {}

// Point is where another goroutine may go on first. place is what stands there, a
// number in the woven program's list; 0 is a step within what the goroutine does
// already. Outside of a run Point does nothing.
//
//go:norace
func Point(place int32) {
	r, caller := ours()
	if r == nil {
		return
	}
	r.mu.lock()
	g := r.step(caller)
	if g == nil {
		r.mu.unlock()
		select {} // the run is over
	}
	if g.id == newcomer {
		r.mu.unlock()
		time.Sleep(1) // until all have come that begin at this instant
		r.mu.lock()
		r.admit()
	}
	r.arrives(g)
	r.notices(g)
	x := r.draw(g)
	d := time.Duration(1 + x%shortest)
	long := share(mix(x)) < g.often && (r.only == nil || r.only[record.Delay{Goroutine: g.id, Point: g.points}])
	if long {
		d += time.Duration(share(mix(x+1)) * float64(r.longest))
	}
	r.mu.unlock()
	time.Sleep(d)
	r.goesOn(g, place, long)
}

// Order returns the order in which a select looks at its n cases.
func Order(n int) []int {
	if r, _ := ours(); r == nil {
		return rand.Perm(n) // as Go does
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := pick(i + 1)
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// Pick chooses one of n, such as who of those who wait goes first.
func Pick(n int) int {
	if n < 2 {
		return 0
	}
	return pick(n)
}

//go:norace
func pick(n int) int {
	r, caller := ours()
	if r == nil {
		return 0
	}
	r.mu.lock()
	chosen := 0
	if g := r.member(caller); g != nil {
		g.points++
		r.chose = true
		chosen = int(r.draw(g) % uint64(n))
	}
	r.mu.unlock()
	return chosen
}

// Random is the next number of the calling goroutine, outside of a run any.
//
//go:norace
func Random() uint64 {
	r, caller := ours()
	if r == nil {
		return rand.Uint64()
	}
	r.mu.lock()
	var x uint64
	if g := r.member(caller); g != nil {
		g.points++
		r.chose = true
		x = r.draw(g)
	}
	r.mu.unlock()
	return x
}

// step counts a step of the calling goroutine. It returns nil when the run has had
// all the steps, or goroutines, that it may have. mu is held.
//
//go:norace
func (r *run) step(caller uint64) *goroutine {
	r.steps++
	g := r.self(caller)
	if r.stopped {
		return nil
	}
	if r.over || r.steps > r.limit || g == nil {
		r.over = true
		return nil
	}
	g.points++
	return g
}

// draw is the number that the seed gives a goroutine's Point.
//
//go:norace
func (r *run) draw(g *goroutine) uint64 {
	return mix(mix(r.seed) ^ mix(uint64(g.id)<<32+g.points))
}

// Sending returns the channel of a case that sends, and a variable for what it sends.
func Sending[C ~chan T | ~chan<- T, T any](channel C) (_ C, value T) { return channel, value }

// Receiving returns the channel of a case that receives, and variables for what it
// receives.
func Receiving[C ~chan T | ~<-chan T, T any](channel C) (_ C, got T, ok bool) {
	return channel, got, false
}
