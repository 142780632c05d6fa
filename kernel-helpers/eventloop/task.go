package eventloop

import (
	"fmt"
	"strconv"
)

// Task is a function that runs on a loop, by turns with others, and will have a
// result. [Go] makes it.
type Task[T any] struct {
	value T // first: if it has no size, it takes none
	task
}

// None is the result of a task that has none.
type None = struct{}

// Go starts a task that calls run: it gets its first turn when what is ready now
// has had its own. The name is told wherever the task is; "" stands for "task"
// and a number. If run panics, that is the task's error: a [*PanicError].
func Go[T any](loop *Loop, name string, run func() (T, error)) *Task[T] {
	t := new(Task[T])
	loop.start(&t.task, name, func() (err error) {
		t.value, err = run()
		return err
	})
	return t
}

// Go starts a task that has no result but its error: see the function [Go].
func (l *Loop) Go(name string, run func() error) *Task[None] {
	t := new(Task[None])
	l.start(&t.task, name, run)
	return t
}

func (l *Loop) start(t *task, name string, run func() error) {
	l.check("Go")
	l.last++
	t.loop, t.name, t.id, t.run = l, name, l.last, run
	l.tasks.add(t)
	l.recorder.begin(t)
	if l.isClosing {
		t.cancel(nil)
	}
	l.ready.add(t)
}

// Name returns the name that the task was given, or "task 7" if it was given none.
func (t *task) Name() string {
	if t.name == "" {
		t.name = "task " + strconv.Itoa(int(t.id))
	}
	return t.name
}

// IsDone reports whether the task has ended, also if it failed or was cancelled.
func (t *task) IsDone() bool {
	t.loop.check("IsDone")
	return t.isDone
}

// Cancel ends the task's wait with an error that is [context.Canceled]: the task
// is expected to clean up and return it. What the task awaits is cancelled first,
// and the task is told when that has ended. A task that does not wait, because it
// is ready to go on, is told the next time that it waits. One that has not had
// its first turn never runs, and one that has ended does not change.
func (t *task) Cancel() {
	t.loop.check("Cancel")
	t.cancel(nil)
}

// Await waits until the task has ended and returns its result and its error: a
// [*PanicError] if it panicked. It may be called often and by many. A task that awaits
// itself panics. One that is cancelled while it awaits another cancels that one, too;
// see [Shield].
func (t *Task[T]) Await() (T, error) {
	return t.outcome("Await", (*joined)(&t.task))
}

// Shield is [Task.Await] but for one thing: if the calling task is cancelled, t goes on.
func Shield[T any](t *Task[T]) (T, error) {
	return t.outcome("Shield", (*shielded)(&t.task))
}

func (t *Task[T]) outcome(op string, as awaitable) (T, error) {
	var none T
	self, err := t.loop.waiter(op)
	if err != nil {
		return none, err
	}
	if self == &t.task {
		panic(fmt.Sprintf("eventloop: %s of %s by itself: it would wait for ever", op, t.Name()))
	}
	t.isAwaited = true
	if !t.isDone {
		self.queue(&t.joiners)
		if err := self.park(as); err != nil {
			return none, err
		}
	}
	return t.value, t.err
}

// task is a Task without its result. There may be many: what few of them need is
// elsewhere.
type task struct {
	loop *Loop
	name string
	run  func() error

	next    func() (None, bool) // continues its coroutine; nil: it has none, before or after its turns
	waits   awaitable           // what it waits for; nil: it is ready or running
	pending *request            // a cancellation that it has not been told of

	err      error // what it ended with; before that, its wait, if not with what it waited for
	joiners  waitlist
	watchers *watchers

	after          *task // in a waitlist
	older, younger *task // in the roll

	id        int32
	excess    uint8 // how often it has waited since the loop began to close
	isAsked   bool  // while its cancellation is passed on
	isDone    bool
	isAwaited bool // somebody has or will have its error
}

// joined is a task that another awaits; so is shielded.
type (
	joined   task
	shielded task
)

func (t *joined) describe() string   { return "task " + (*task)(t).Name() }
func (t *shielded) describe() string { return "task " + (*task)(t).Name() }

func (t *joined) abandon(by *task, why *request) (stays bool) {
	(*task)(t).cancel(why)
	return true
}

func (t *shielded) abandon(by *task, _ *request) (stays bool) {
	t.joiners.remove(by)
	return false
}

// finish ends the task. Its result stands.
func (t *task) finish(err error) {
	l := t.loop
	t.err, t.isDone = err, true
	t.run, t.next = nil, nil
	l.tasks.remove(t)
	l.recorder.end(t)
	if err != nil && !isCancellation(err) {
		l.failed = append(l.failed, t)
	}
	for waiter := t.joiners.pop(); waiter != nil; waiter = t.joiners.pop() {
		waiter.wake(t)
	}
	for w := t.watchers; w != nil; w = w.rest {
		w.first.ended(t)
	}
	t.watchers = nil
}

// roll lists the tasks that have not ended, in the order in which they were made.
type roll struct {
	oldest, youngest *task
	count            int
}

func (r *roll) add(t *task) {
	t.older = r.youngest
	if t.older == nil {
		r.oldest = t
	} else {
		t.older.younger = t
	}
	r.youngest = t
	r.count++
}

func (r *roll) remove(t *task) {
	if t.older == nil {
		r.oldest = t.younger
	} else {
		t.older.younger = t.younger
	}
	if t.younger == nil {
		r.youngest = t.older
	} else {
		t.younger.older = t.older
	}
	t.older, t.younger = nil, nil
	r.count--
}

func (r *roll) list() []*task {
	list := make([]*task, 0, r.count)
	for t := r.oldest; t != nil; t = t.younger {
		list = append(list, t)
	}
	return list
}
