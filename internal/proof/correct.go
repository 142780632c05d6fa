package proof

import (
	"context"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Program is a correct one of an exercise.
type Program struct {
	Of     *exercise.Exercise
	Name   string // "solution", "alternatives/channel"
	Source []byte
}

// Correct returns an exercise's solution and then its alternatives.
func Correct(ex *exercise.Exercise) ([]Program, error) {
	solution, err := ex.Solution.Source()
	if err != nil {
		return nil, err
	}
	others, err := ex.Solution.Alternatives()
	if err != nil {
		return nil, err
	}
	all := []Program{{ex, "solution", solution}}
	for _, o := range others {
		all = append(all, Program{ex, "alternatives/" + o.Name, o.Source})
	}
	return all, nil
}

// Repeat runs each check on the program at least so often, as engine.Repeat does.
func (p Program) Repeat(ctx context.Context, e *engine.Engine, first uint64, least int) (runs int, r *engine.Report) {
	program, err := p.Of.FromFile("answer.go", p.Source)
	if err != nil {
		return 0, e.Refuse(p.Of, err, engine.All)
	}
	return e.Repeat(ctx, p.Of, program, first, least)
}
