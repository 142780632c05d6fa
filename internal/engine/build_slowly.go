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
	"syscall"

	"github.com/interleave-lab/interleave/internal/engine/toolchain"
)

// buildSlowly makes the program's binary where Go's tools cannot be called directly:
// go build takes two to five times as long, but knows every Go. The learner's package
// is in the place of the stub, the checks in packages of their own, and a main hands
// them to the judge. It is all an overlay: nothing in the clone is written.
func (j *judgement) buildSlowly(ctx context.Context) error {
	j.binary, j.merged = filepath.Join(j.dir, "program"), false
	overlay, err := j.overlay()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-race", "-buildvcs=false", "-ldflags=-s -w",
		"-overlay", overlay, "-o", j.binary, "./"+path.Join("internal/engine/program", j.exercise.Slug))
	cmd.Dir = j.engine.root
	// What a build that is broken off leaves behind goes away with the rest.
	cmd.Env = append(toolchain.Environment(), "TMPDIR="+j.dir, "GOTMPDIR=")
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
	text, err := j.woven()
	if err != nil {
		return "", err
	}
	if err := add(stub, "submission.go", string(text)); err != nil {
		return "", err
	}
	main := filepath.Join(j.engine.root, "internal/engine/program", j.exercise.Slug, "main.go")
	if err := add(main, "main.go", mainSource([]*judgement{j})); err != nil {
		return "", err
	}
	if j.scope == All {
		if err := j.overlayHidden(replace); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(j.dir, "overlay.json")
	return file, os.WriteFile(file, list, 0o600)
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
