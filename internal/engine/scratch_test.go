package engine_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

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
		"while it builds": "interleave-judge-*/go-build*",
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

// A process that is killed cannot clean up.
func TestTheNextJudgementRemovesWhatAKilledOneLeft(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	folder := func(name string, age time.Duration) string {
		dir := filepath.Join(temp, name)
		if err := os.MkdirAll(filepath.Join(dir, "run-1"), 0o700); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(dir, then, then); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	folder("interleave-judge-1", time.Hour)
	used := folder("interleave-judge-2", time.Hour)
	folder("interleave-judge-3", 0) // not locked yet
	folder("interleave-lab-4", time.Hour)
	f, err := os.Open(used)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		t.Fatal(err)
	}

	e, _ := exercises(t)
	ex, err := exercise.Load(root(t), "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	judgeSource(t, e, ex, pages("", "return 1", ""), engine.Public)
	left, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range left {
		names = append(names, entry.Name())
	}
	if got := strings.Join(names, " "); got != "interleave-judge-2 interleave-judge-3 interleave-lab-4" {
		t.Errorf("there is %s", got)
	}
}
