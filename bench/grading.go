package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/exercise"
)

const (
	class     = 40
	manyTimes = 50 // as many answers show whether throughput and memory hold
)

// grading times a class's answers to one exercise, judged by this course, by nbgrader
// and by go test.
func grading(ctx context.Context, b *bench) error {
	ex, err := exercise.Load(b.root, "", classExercise)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "interleave-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	handed := filepath.Join(dir, "class")
	verdicts, err := handIn(ex, handed, class)
	if err != nil {
		return err
	}
	rounds := min(b.rounds, 5) // a round takes a minute or more, most of it the others'
	var ours, plain, nbgrader sample
	missing := ""
	for range rounds {
		g, err := grade(ctx, b, handed, filepath.Join(dir, "out"), verdicts)
		if err != nil {
			return err
		}
		ours.add(g.took)
		took, err := goTestEach(ctx, b, ex, handed)
		if err != nil {
			return err
		}
		plain.add(took)
		if missing == "" {
			took, why, err := autograde(ctx, b, handed, filepath.Join(dir, "course"))
			if err != nil {
				return err
			}
			if missing = why; why == "" {
				nbgrader.add(took)
			}
		}
	}
	b.printf("## Grading\n\n%d answers to %s: %s. With the race detector, each check under up to 200 schedules.\n"+
		"Medians of %d rounds in turns.\n\n", class, classExercise, counts(verdicts), rounds)
	b.printf("| how | answers a minute | to `interleave grade` | goal | |\n| --- | --- | --- | --- | --- |\n")
	rate := func(s sample) float64 { return class / s.median() * 60 }
	b.printf("| `interleave grade` | %.0f | 1 | ≥ %.0f | %s |\n", rate(ours), goal, verdict(rate(ours) >= goal))
	b.printf("| `go test -race` each, one run of each check | %.0f | %.2f | ≤ %.2f | %s |\n", rate(plain), rate(plain)/rate(ours), atGoal, verdict(rate(plain) <= atGoal*rate(ours)))
	if missing != "" {
		b.printf("| `nbgrader autograde` with GoNB | not measured: %s | | | |\n", missing)
	} else {
		b.printf("| `nbgrader autograde` with GoNB, one test cell | %.0f | %.3f | ≤ 0.05 | %s |\n", rate(nbgrader), rate(nbgrader)/rate(ours), verdict(20*rate(nbgrader) <= rate(ours)))
	}
	if b.rounds < enough { // a try
		b.printf("| `interleave grade` of %d | not measured: it takes minutes | | | |\n\n", class*manyTimes)
	} else if err := b.manyAnswers(ctx, ex, dir, rate(ours)); err != nil {
		return err
	}
	b.printf("The goal of %.0f a minute was set on a machine where `go test -race` judged %.0f such answers a minute,\n"+
		"one run of each check and no sandbox: the second row's goal is the ratio of the two.\n\n", goal, testsAtGoal)
	return nil
}

// The goal, and what go test did in the run in which it was set: machines differ several
// times over, and a ratio within one run says more.
const (
	goal        = 600.0
	testsAtGoal = 189.0
	atGoal      = testsAtGoal / goal
)

// manyAnswers sees whether a large batch goes as fast as a class does.
func (b *bench) manyAnswers(ctx context.Context, ex *exercise.Exercise, dir string, ofClass float64) error {
	handed := filepath.Join(dir, "many")
	verdicts, err := handIn(ex, handed, class*manyTimes)
	if err != nil {
		return err
	}
	g, err := grade(ctx, b, handed, filepath.Join(dir, "out"), verdicts)
	if err != nil {
		return err
	}
	rate := class * manyTimes / g.took.Minutes()
	b.printf("| `interleave grade` of %d | %.0f | %.2f | ≥ 0.90 | %s |\n\n", class*manyTimes, rate, rate/ofClass, verdict(rate >= 0.9*ofClass))
	b.printf("The command and all that it ran held at most %d MB (goal: < 1024, %s).\n\n", g.memoryMB, verdict(g.memoryMB < 1024))
	return nil
}

type graded struct {
	took     time.Duration
	memoryMB int
}

// grade runs interleave grade, and sees that each verdict was found as often as there
// are answers that earn it: figures of wrong verdicts are worth nothing.
func grade(ctx context.Context, b *bench, handed, out string, want map[string]int) (graded, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(b.root, "bin", "interleave"), "grade", "--fresh", "--out", out, handed)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return graded{}, err
	}
	most := watchMemory(cmd.Process.Pid)
	err := cmd.Wait()
	g := graded{took: time.Since(began), memoryMB: most()}
	if err != nil {
		return g, fmt.Errorf("interleave grade: %w\n%s", err, &said)
	}
	text, err := os.ReadFile(filepath.Join(out, "results.json"))
	if err != nil {
		return g, err
	}
	var results struct{ Results []struct{ Verdict string } }
	if err := json.Unmarshal(text, &results); err != nil {
		return g, err
	}
	got := map[string]int{}
	for _, row := range results.Results {
		got[row.Verdict]++
	}
	if !maps.Equal(got, want) {
		return g, fmt.Errorf("interleave grade found %s, and there are %s", counts(got), counts(want))
	}
	return g, nil
}

func counts(verdicts map[string]int) string {
	var parts []string
	for _, v := range slices.SortedFunc(maps.Keys(verdicts), func(a, b string) int {
		return cmp.Or(verdicts[b]-verdicts[a], cmp.Compare(a, b))
	}) {
		parts = append(parts, fmt.Sprintf("%d %s", verdicts[v], v))
	}
	return strings.Join(parts, ", ")
}

// goTestEach runs the same checks on the same answers with go test -race, one after
// the other: go builds and runs on all processors.
func goTestEach(ctx context.Context, b *bench, ex *exercise.Exercise, handed string) (time.Duration, error) {
	hidden, err := ex.Solution.Hidden()
	if err != nil {
		return 0, err
	}
	var tests strings.Builder
	fmt.Fprintf(&tests, "package %s_test\n\nimport (\n\t\"testing\"\n\tpublic %q\n\thidden %q\n)\n",
		ex.Package(), ex.ImportPath()+"/checks", exercise.Module+"/solutions/"+ex.Slug+"/hidden")
	for _, c := range append(slices.Clone(ex.Checks), hidden...) {
		from := "public"
		if c.Hidden {
			from = "hidden"
		}
		fmt.Fprintf(&tests, "\nfunc %s(t *testing.T) { %s.%[1]s(t) }\n", c.Name, from)
	}
	file := filepath.Join(filepath.Dir(handed), "checks_test.go")
	if err := os.WriteFile(file, []byte(tests.String()), 0o600); err != nil {
		return 0, err
	}
	answers, err := filepath.Glob(filepath.Join(handed, "*", "*.go"))
	if err != nil {
		return 0, err
	}
	began := time.Now()
	for _, answer := range answers {
		overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{
			ex.StubPath(): answer, filepath.Join(ex.Dir, "checks_test.go"): file,
		}})
		if err != nil {
			return 0, err
		}
		name := filepath.Join(filepath.Dir(handed), "overlay.json")
		if err := os.WriteFile(name, overlay, 0o600); err != nil {
			return 0, err
		}
		cmd := exec.CommandContext(ctx, "go", "test", "-race", "-count=1", "-vet=off", "-timeout=10s", "-overlay", name, "./exercises/"+ex.Slug)
		cmd.Dir = b.root
		_ = cmd.Run() // half of the answers are wrong
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
	}
	return time.Since(began), nil
}
