package engine

import (
	"context"
	"runtime"
	"sync"

	"github.com/interleave-lab/interleave/internal/sandbox"
)

// confinement is how an engine's programs are confined: the same for all.
type confinement struct {
	choosing sync.Mutex   // protects the box, and is held while it is chosen
	chosen   *sandbox.Box // nil until a choice has succeeded
}

// Confine chooses the sandbox and returns its tier: the strongest that holds on this
// machine, or Sandbox if that is set. The error says what does not hold, and what to
// do. Judging calls for the choice, too; whoever calls it before knows the tier.
func (e *Engine) Confine(ctx context.Context) (sandbox.Tier, error) {
	box, err := e.box(ctx, All)
	if err != nil {
		return "", err
	}
	return box.Tier, nil
}

// box returns what confines a program of a learner's own, or of anybody's.
func (e *Engine) box(ctx context.Context, scope Scope) (*sandbox.Box, error) {
	e.choosing.Lock()
	defer e.choosing.Unlock()
	if e.chosen != nil {
		return e.chosen, nil
	}
	want := e.Sandbox
	if want == "" && scope == Public && runtime.GOOS != "linux" {
		// There is none; and learners run their own programs on their own machines.
		want = sandbox.None
	}
	box, err := sandbox.Choose(ctx, want)
	if err == nil {
		e.chosen = box
	}
	return box, err
}

// tier names the sandbox if it was chosen.
func (e *Engine) tier() string {
	e.choosing.Lock()
	defer e.choosing.Unlock()
	if e.chosen == nil {
		return ""
	}
	return string(e.chosen.Tier)
}

// tryMeanwhile chooses the sandbox while something else is done, such as a build.
// What it returns waits for that.
func (e *Engine) tryMeanwhile(ctx context.Context, scope Scope) (wait func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = e.box(ctx, scope) // who runs a program asks again, and tells
	}()
	return func() { <-done }
}
