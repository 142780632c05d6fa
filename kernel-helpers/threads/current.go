package threads

import (
	"fmt"
	"sync"

	"github.com/petermattis/goid"
)

// Current returns the thread that the caller runs in. The goroutine that runs
// the program is called "main"; one that a plain go statement started is called
// after its number. Neither can be started or joined.
func Current() *Thread {
	id := goid.Get()
	s := shardOf(id)
	s.mu.Lock()
	t := s.threads[id]
	s.mu.Unlock()
	switch {
	case t != nil:
		return t
	case id == 1:
		return &Thread{name: "main"}
	default:
		return &Thread{name: fmt.Sprint("goroutine ", id)}
	}
}

// running maps the goroutines of threads that run to their threads. It is split
// so that threads that start at once do not queue.
var running [16]shard

type shard struct {
	mu      sync.Mutex // protects threads
	threads map[int64]*Thread
	_       [48]byte // keeps neighbours off one cache line
}

func shardOf(goroutine int64) *shard { return &running[goroutine%int64(len(running))] }

func register(t *Thread) (goroutine int64) {
	goroutine = goid.Get()
	s := shardOf(goroutine)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.threads == nil {
		s.threads = map[int64]*Thread{}
	}
	s.threads[goroutine] = t
	return goroutine
}

func forget(goroutine int64) {
	s := shardOf(goroutine)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.threads, goroutine)
}
