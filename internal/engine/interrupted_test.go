package engine_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// awaitFile returns once a file matches pattern.
func awaitFile(t *testing.T, pattern string) {
	for {
		if found, _ := filepath.Glob(pattern); len(found) > 0 || t.Context().Err() != nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func TestAnInterruptedJudgementLeavesNothing(t *testing.T) {
	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	for when, sign := range map[string]string{
		"while it builds": "interleave-judge-*/learner",
		"while it runs":   "interleave-judge-*/run-*",
	} {
		t.Run(when, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			p, err := ex.FromFile("answer.go", pages("", "for {\n}", ""))
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			go func() {
				awaitFile(t, filepath.Join(temp, sign))
				cancel()
			}()
			r := e.Judge(ctx, ex, p, engine.Public)
			if r.Verdict != engine.GraderFault || !strings.Contains(r.Message, context.Canceled.Error()) {
				t.Errorf("the program is charged with %s: %s", r.Verdict, r.Message)
			}
			if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
				t.Errorf("%q is left", left)
			}
		})
	}
}
