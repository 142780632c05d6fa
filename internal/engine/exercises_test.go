package engine_test

import (
	"path/filepath"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

func root(t testing.TB) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func exercises(t testing.TB) (*engine.Engine, []*exercise.Exercise) {
	t.Helper()
	all, err := exercise.LoadAll(root(t), "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(root(t))
	if err != nil {
		t.Fatal(err)
	}
	return e, all
}

func judgeSource(t testing.TB, e *engine.Engine, ex *exercise.Exercise, source []byte, scope engine.Scope) *engine.Report {
	t.Helper()
	p, err := ex.FromFile("answer.go", source)
	if err != nil {
		return e.Refuse(ex, err, scope)
	}
	return e.Judge(t.Context(), ex, p, scope)
}
