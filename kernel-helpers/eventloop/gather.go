package eventloop

import (
	"iter"
	"strings"
)

// Result is what a task ended with.
type Result[T any] struct {
	Value T
	Err   error
}

// Gather waits until all tasks have ended and returns their results, in the order
// in which the tasks are given. If one fails, Gather returns its error at once;
// the others go on, and what they fail with is told nowhere. If the calling task is
// cancelled, so are all of them, and Gather returns when they have ended. Of no tasks
// it returns at once.
func Gather[T any](tasks ...*Task[T]) ([]T, error) {
	if err := gather("Gather", tasks, true); err != nil {
		return nil, err
	}
	values := make([]T, len(tasks))
	for i, t := range tasks {
		values[i] = t.value
	}
	return values, nil
}

// GatherAll is [Gather] for tasks that may fail: it waits for all and returns the
// result or the error of each. Its own error tells that the calling task was
// cancelled.
func GatherAll[T any](tasks ...*Task[T]) ([]Result[T], error) {
	if err := gather("GatherAll", tasks, false); err != nil {
		return nil, err
	}
	results := make([]Result[T], len(tasks))
	for i, t := range tasks {
		results[i] = Result[T]{t.value, t.err}
	}
	return results, nil
}

func gather[T any](op string, tasks []*Task[T], stopsAtError bool) error {
	if len(tasks) == 0 {
		return nil
	}
	self, err := tasks[0].loop.waiter(op)
	if err != nil {
		return err
	}
	g := &gathering{takesAlong: true}
	g.watch(cores(tasks))
	defer g.unwatch()
	g.isEnough = func() bool { return g.left == 0 || stopsAtError && g.cancelled == nil && g.failed != nil }
	for _, t := range tasks {
		t.isAwaited = true
	}
	if err := g.wait(self); err != nil {
		return err
	}
	if stopsAtError {
		return g.failed
	}
	return nil
}

// Until says what [Wait] waits for.
type Until int

// What Wait can wait for.
const (
	AllDone    Until = iota // all, failed or not
	FirstDone               // any one
	FirstError              // any one that failed, or all
)

// Wait waits until one or all of the tasks have ended and returns those that have
// and those that have not, each in the given order. It takes no task's error: ask
// each with Await. Its own error tells that the calling task was cancelled; unlike
// [Gather] it then leaves the tasks alone.
func Wait[T any](until Until, tasks ...*Task[T]) (done, notDone []*Task[T], err error) {
	if len(tasks) == 0 {
		return nil, nil, nil
	}
	self, err := tasks[0].loop.waiter("Wait")
	if err != nil {
		return nil, nil, err
	}
	var g gathering
	g.watch(cores(tasks))
	defer g.unwatch()
	g.isEnough = func() bool {
		return g.left == 0 || until == FirstDone && g.left < len(tasks) || until == FirstError && g.failed != nil
	}
	if err := g.wait(self); err != nil {
		return nil, nil, err
	}
	for _, t := range tasks {
		if t.isDone {
			done = append(done, t)
		} else {
			notDone = append(notDone, t)
		}
	}
	return done, notDone, nil
}

// AsCompleted yields the tasks as they end, failed or not, waiting for each; ask them
// with Await. If the calling task is cancelled meanwhile it yields no more, and the next
// wait tells. A loop over it may be left early: the tasks go on.
func AsCompleted[T any](tasks ...*Task[T]) iter.Seq[*Task[T]] {
	return func(yield func(*Task[T]) bool) {
		if len(tasks) == 0 {
			return
		}
		loop := tasks[0].loop
		loop.current("AsCompleted")
		g := gathering{order: make([]*task, 0, len(tasks))}
		g.watch(cores(tasks))
		defer g.unwatch()
		whole := make(map[*task]*Task[T], len(tasks))
		for _, t := range tasks {
			whole[&t.task] = t
		}
		for i := range tasks {
			g.isEnough = func() bool { return len(g.order) > i }
			self, err := loop.waiter("AsCompleted")
			if err == nil {
				err = g.wait(self)
			}
			if err, ok := err.(*cancelledError); ok {
				loop.running.pending = err.why
				return
			}
			if !yield(whole[g.order[i]]) {
				return
			}
		}
	}
}

// gathering is what waits for several tasks at once.
type gathering struct {
	tasks  iter.Seq[*task]
	left   int     // how many have not ended
	order  []*task // those that have, as they ended; nil: nobody asks
	failed error   // the first that a task ended with

	isEnough   func() bool
	waiter     *task // nil: it does not wait, or not any more
	takesAlong bool  // cancelling the waiter cancels the tasks
	cancelled  error // what the waiter returns once they have ended

	alone watchers // on a task on which nobody else waits in this way
}

// watchers are who is told when a task ends, in this order. Lists are not changed,
// so tasks can share them: those of one gathering mostly share one.
type watchers struct {
	first *gathering
	rest  *watchers
}

func (w *watchers) with(g *gathering) *watchers {
	if w == nil {
		return &g.alone
	}
	return &watchers{w.first, w.rest.with(g)}
}

func (w *watchers) without(g *gathering) *watchers {
	switch {
	case w == nil:
		return nil
	case w.first == g:
		return w.rest
	}
	return &watchers{w.first, w.rest.without(g)}
}

// watch begins the gathering. Of tasks that have ended the given order counts.
func (g *gathering) watch(tasks iter.Seq[*task]) {
	g.tasks, g.alone.first = tasks, g
	for t := range tasks {
		g.left++
		if t.isDone {
			g.ended(t)
		} else {
			t.watchers = t.watchers.with(g)
		}
	}
}

// unwatch ends the gathering: nobody waits for the tasks that are left.
func (g *gathering) unwatch() {
	if g.left == 0 {
		return
	}
	for t := range g.tasks {
		if !t.isDone {
			t.watchers = t.watchers.without(g)
		}
	}
}

// ended is called when t ends.
func (g *gathering) ended(t *task) {
	g.left--
	if g.order != nil {
		g.order = append(g.order, t)
	}
	if t.err != nil && g.failed == nil {
		g.failed = t.err
	}
	if waiter := g.waiter; waiter != nil && g.isEnough() {
		g.waiter = nil
		waiter.wake(t)
	}
}

// wait suspends the running task until there is enough.
func (g *gathering) wait(self *task) error {
	if g.isEnough() {
		return nil
	}
	g.waiter = self
	if err := self.park(g); err != nil {
		return err
	}
	return g.cancelled
}

func (g *gathering) describe() string {
	names := make([]string, 0, mostNamed+1)
	for t := range g.tasks {
		if t.isDone {
			continue
		}
		if len(names) == mostNamed {
			names = append(names, "…")
			break
		}
		names = append(names, t.Name())
	}
	return "tasks " + strings.Join(names, ", ")
}

// mostNamed is how many tasks are named where one waits for many.
const mostNamed = 4

func (g *gathering) abandon(t *task, why *request) (stays bool) {
	if !g.takesAlong {
		g.waiter = nil
		return false
	}
	g.cancelled = t.cancelled("while it waited for "+g.describe(), why)
	for other := range g.tasks {
		other.cancel(why)
	}
	return true
}

// cores yields the tasks without their results.
func cores[T any](tasks []*Task[T]) iter.Seq[*task] {
	return func(yield func(*task) bool) {
		for _, t := range tasks {
			if !yield(&t.task) {
				return
			}
		}
	}
}
