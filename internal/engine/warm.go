package engine

import (
	"context"
	"fmt"
	"os"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// Warm builds the exercise's stub, so that Go's build cache holds all but a
// learner's own code when the first check asks for it.
func (e *Engine) Warm(ctx context.Context, ex *exercise.Exercise) error {
	stub, err := os.ReadFile(ex.StubPath())
	if err != nil {
		return err
	}
	p, err := ex.FromFile(ex.Slug+".go", stub)
	if err != nil {
		return err
	}
	if r := e.Judge(ctx, ex, p, Public); r.Verdict == CompileError || r.Verdict == GraderFault {
		return fmt.Errorf("%s: %s", ex.Slug, r.Message)
	}
	return nil
}
