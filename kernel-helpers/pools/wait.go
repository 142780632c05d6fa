package pools

import (
	"context"
	"iter"
	"slices"
)

// AsCompleted yields the futures in the order in which their tasks become done,
// waiting for each: a loop over it ends with the last task, or earlier with break,
// which leaves the tasks alone. A future that is given twice comes twice. It is
// Python's concurrent.futures.as_completed.
func AsCompleted[R any](futures ...*Future[R]) iter.Seq[*Future[R]] {
	return func(yield func(*Future[R]) bool) {
		completed := listen(futures)
		for range futures {
			if !yield(<-completed) {
				return
			}
		}
	}
}

// listen returns a channel that has room for all the futures and is sent each
// when it is done.
func listen[R any](futures []*Future[R]) <-chan *Future[R] {
	completed := make(chan *Future[R], len(futures))
	for _, f := range futures {
		f.tell(&note{call: func() { completed <- f }})
	}
	return completed
}

// Until says what [Wait] waits for.
type Until int

// What can be waited for.
const (
	AllDone    Until = iota
	FirstDone        // any one
	FirstError       // any one that failed, or all
)

// Wait waits until the futures are as until says, or ctx is done. It returns those
// that are done then and the others, both in their order; if ctx was done first,
// ctx.Err tells. It is Python's concurrent.futures.wait.
func Wait[R any](ctx context.Context, until Until, futures ...*Future[R]) (done, notDone []*Future[R]) {
	completed := listen(futures)
	for range futures {
		var f *Future[R]
		select { // what is there counts, even if ctx is done, too
		case f = <-completed:
		default:
			select {
			case f = <-completed:
			case <-ctx.Done():
				return split(futures)
			}
		}
		if until == FirstDone || until == FirstError && f.err != nil {
			break
		}
	}
	return split(futures)
}

func split[R any](futures []*Future[R]) (done, notDone []*Future[R]) {
	for _, f := range futures {
		if f.State() == Done {
			done = append(done, f)
		} else {
			notDone = append(notDone, f)
		}
	}
	return slices.Clip(done), slices.Clip(notDone)
}
