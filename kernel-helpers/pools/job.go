package pools

import (
	"context"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// ErrCancelled is the error of tasks that [Future.Cancel] or
// [Pool.CancelPending] has kept from beginning. To errors.Is it is a
// [context.Canceled], too.
var ErrCancelled error = cancelled{}

type cancelled struct{}

func (cancelled) Error() string { return "pools: the task was cancelled before it began" }

func (cancelled) Is(target error) bool { return target == context.Canceled }

// job is a task that Submit was given, and its future: one piece of memory.
type job[A, R any] struct {
	Future[R]
	pool     *Pool[A, R]
	ctx      context.Context
	argument A
	reserved bool // it has a place in line
}

// Submit gives the pool a task and returns at once, or once there is a place in
// line if the pool has a [QueueSize]. A task that has not begun when ctx is done
// does not begin.
func (p *Pool[A, R]) Submit(ctx context.Context, a A) *Future[R] {
	j := &job[A, R]{pool: p, ctx: ctx, argument: a}
	var err error
	if j.reserved, err = p.crew.reserve(ctx); err == nil {
		err = p.crew.give(j)
	}
	if err != nil {
		j.stop(err)
	}
	return &j.Future
}

func (j *job[A, R]) run(m *member) {
	if !j.ready() {
		return
	}
	j.err = errGoexit
	defer j.finish()
	if m.tool != nil {
		j.result, j.err = m.tool.(*processes.Worker[A, R]).Call(j.ctx, j.argument)
	} else {
		j.result, j.err = j.pool.fn(j.argument)
	}
}

// ready takes the job out of the line and reports whether it may begin.
func (j *job[A, R]) ready() bool {
	j.leaveLine()
	if j.State() == Done { // cancelled, or left with runtime.Goexit
		return false
	}
	if j.ctx.Err() != nil {
		j.claim(context.Cause(j.ctx))
		return false
	}
	return j.begin()
}

// finish is deferred by run: the function has returned, panicked, or called
// runtime.Goexit.
func (j *job[A, R]) finish() {
	if v := recover(); v != nil {
		j.err = newPanicError(v)
	}
	j.forget()
	j.end()
}

// stop keeps the job from beginning.
func (j *job[A, R]) stop(err error) {
	j.leaveLine()
	j.claim(err)
}

func (j *job[A, R]) leaveLine() {
	if j.reserved {
		j.reserved = false
		j.pool.crew.vacate()
	}
}

// forget lets go of what a future does not need, which may be kept for long.
func (j *job[A, R]) forget() {
	var none A
	j.argument, j.ctx = none, nil
}
