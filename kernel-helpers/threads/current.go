package threads

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/petermattis/goid"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"
)

// Current returns the thread that the caller runs in. The goroutine that runs
// the program is called "main"; one that a plain go statement started is called
// after its number. Neither can be started or joined.
func Current() *Thread {
	id := goid.Get()
	if t := runners.of(id); t != nil {
		return t
	}
	t := &Thread{name: fmt.Sprint("goroutine ", id)}
	if id == 1 {
		t.name = "main"
	}
	t.goroutine.Store(id)
	t.state.Store(foreign)
	return t
}

// Active returns the threads that were started and have not ended, in the order
// in which they were. Python's threading.enumerate has the main thread beside
// them.
func Active() []*Thread {
	active := living.all()
	slices.SortFunc(active, func(a, b *Thread) int { return cmp.Compare(a.number, b.number) })
	return active
}

// Locks tell who holds them by these names.
func init() {
	waitfor.ThreadName = func(goroutine int64) string {
		if t := runners.of(goroutine); t != nil {
			return t.name
		}
		return ""
	}
}
