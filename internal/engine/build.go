package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// build makes the program's binary: the learner's package in the place of the
// stub, the checks in packages of their own, and a main that hands them to the
// judge. It is all an overlay: nothing in the clone is written.
func (j *judgement) build(ctx context.Context) error {
	overlay, err := j.overlay()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-race", "-buildvcs=false", "-ldflags=-s -w",
		"-overlay", overlay, "-o", j.binary(), "./"+path.Join("internal/engine/program", j.exercise.Slug))
	cmd.Dir = j.engine.root
	// What a build that is broken off leaves behind goes away with the rest.
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "CGO_ENABLED=1", "GOOS=", "GOARCH=",
		"TMPDIR="+j.dir, "GOTMPDIR=",
		"GOGC=400") // a tenth less to compute, for a few MB
	// It runs compilers and linkers, which have to end with it.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		return nil
	case errors.As(err, &exit):
		return j.explainBuild(out.String())
	default:
		return fmt.Errorf("go build: %w", err)
	}
}

func (j *judgement) binary() string { return filepath.Join(j.dir, "program") }

// overlay writes what the build replaces and returns the file that says so.
func (j *judgement) overlay() (string, error) {
	replace := map[string]string{}
	add := func(target, name, text string) error {
		file := filepath.Join(j.dir, name)
		replace[target] = file
		return os.WriteFile(file, []byte(text), 0o600)
	}
	// Nothing but the learner's program stands in the exercise's package.
	others, err := filepath.Glob(filepath.Join(j.exerciseDir(), "*.go"))
	if err != nil {
		return "", err
	}
	for _, other := range others {
		replace[other] = ""
	}
	stub := filepath.Join(j.exerciseDir(), j.exercise.Slug+".go")
	source := j.program.Source
	if woven, err := weave.File("submission.go", source, weave.Schedule); err == nil {
		source, j.places = woven.Text, woven.Places // what does not parse is the compiler's to explain
	}
	if err := add(stub, "submission.go", string(source)); err != nil {
		return "", err
	}
	main := filepath.Join(j.engine.root, "internal/engine/program", j.exercise.Slug, "main.go")
	if err := add(main, "main.go", j.mainSource()); err != nil {
		return "", err
	}
	if j.scope == All {
		if err := j.overlayHidden(replace); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(j.dir, "overlay.json")
	return file, os.WriteFile(file, text, 0o600)
}

// overlayHidden puts hidden checks that are kept elsewhere where the build
// looks for them.
func (j *judgement) overlayHidden(replace map[string]string) error {
	place := filepath.Join(j.engine.root, "solutions", j.exercise.Slug, "hidden")
	kept, err := filepath.Abs(filepath.Join(j.exercise.Solution.Dir, "hidden"))
	if err != nil || kept == place {
		return err
	}
	for _, dir := range []string{place, kept} {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			target := filepath.Join(place, filepath.Base(file))
			if dir == kept {
				replace[target] = file
			} else {
				replace[target] = ""
			}
		}
	}
	return nil
}

func (j *judgement) exerciseDir() string {
	return filepath.Join(j.engine.root, "exercises", j.exercise.Slug)
}

// mainSource names every check that is expected, so that a check which the
// build does not hold is an error of the build.
func (j *judgement) mainSource() string {
	var imports, tests strings.Builder
	fmt.Fprintf(&imports, "\tpublic %q\n", path.Join(j.exercise.ImportPath(), "checks"))
	if j.scope == All {
		fmt.Fprintf(&imports, "\thidden %q\n", path.Join(exercise.Module, "solutions", j.exercise.Slug, "hidden"))
	}
	for _, check := range j.report.Checks {
		from := "public"
		if check.Hidden {
			from = "hidden"
		}
		fmt.Fprintf(&tests, "\t\t{Name: %q, Run: %s.%s},\n", check.Name, from, check.Name)
	}
	return fmt.Sprintf(`package main

import (
	%q

%s)

func main() {
	judge.Main(%q, []judge.Test{
%s	})
}
`, path.Join(exercise.Module, "internal/engine/judge"), imports.String(), j.exercise.ImportPath(), tests.String())
}
