// Package kerneltest runs cells on the real GoNB kernel in Go tests.
//
//	k := kerneltest.Start(t)
//	r := k.Run(`%%
//	panic("boom")`)
//	k.WantError(r, `boom`)
//	k.WantSound() // the next cell runs, no process is left
//
// A kernel starts in about two seconds: start one for a test and use subtests.
// When the test ends, so does the kernel, and a process that outlives it fails
// the test.
package kerneltest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/project"
)

// Limit is how long a cell of a test may take.
const Limit = 2 * time.Minute

// Kernel is a real kernel that belongs to a test.
type Kernel struct {
	*jupyter.Kernel
	t    testing.TB
	mark string // stands in the environment of every process of this kernel
}

// Start starts a kernel in a folder of its own; env ("NAME=value") is added to
// its environment. Without the project's environment the test fails with a
// line that says what to run.
func Start(t testing.TB, env ...string) *Kernel {
	t.Helper()
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	mark := fmt.Sprintf("INTERLEAVE_TEST_MARK=%d-%d", os.Getpid(), time.Now().UnixNano())
	ctx, cancel := context.WithTimeout(t.Context(), Limit)
	defer cancel()
	k, err := jupyter.StartKernel(ctx, root, t.TempDir(), append(env, mark)...)
	if err != nil {
		t.Fatal(err)
	}
	kernel := &Kernel{Kernel: k, t: t, mark: mark}
	t.Cleanup(kernel.close)
	return kernel
}

func (k *Kernel) close() {
	if err := k.Close(); err != nil {
		k.t.Errorf("the kernel ended badly: %v", err)
	}
	if left := k.waitForLeftovers(false); len(left) > 0 {
		k.t.Errorf("processes outlived the kernel:%s", list(left))
	}
}

// On returns the kernel for use in a subtest: what it finds fails t.
func (k *Kernel) On(t testing.TB) *Kernel { return &Kernel{Kernel: k.Kernel, t: t, mark: k.mark} }

// Run runs one cell to its end, whatever that is.
func (k *Kernel) Run(source string) *jupyter.Result {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), Limit)
	defer cancel()
	r, err := k.Execute(ctx, source)
	if err != nil {
		k.t.Fatalf("running a cell: %v\n%s", err, source)
	}
	return r
}

// MustRun runs a cell that has to succeed.
func (k *Kernel) MustRun(source string) *jupyter.Result {
	k.t.Helper()
	r := k.Run(source)
	if r.Failed {
		k.t.Fatalf("the cell failed: %s\n%s", r.Error(), source)
	}
	return r
}

// RunAndInterrupt runs a cell and interrupts it as soon as the file, which the
// cell creates, is there: relative to the kernel's working directory.
func (k *Kernel) RunAndInterrupt(source, file string) *jupyter.Result {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), Limit)
	defer cancel()
	interrupted := make(chan error, 1)
	go func() {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				if _, err := os.Stat(file); err == nil {
					interrupted <- k.Interrupt()
					return
				}
			case <-ctx.Done():
				interrupted <- ctx.Err()
				return
			}
		}
	}()
	r, err := k.Execute(ctx, source)
	if err := errors.Join(err, <-interrupted); err != nil {
		k.t.Fatalf("interrupting a cell: %v\n%s", err, source)
	}
	return r
}

// WantError fails the test unless the cell failed with an error, or printed to
// its standard error, what the regular expression matches.
func (k *Kernel) WantError(r *jupyter.Result, pattern string) {
	k.t.Helper()
	if !r.Failed {
		k.t.Errorf("the cell succeeded, want an error like %q; it showed:\n%s", pattern, clip(r.Text()))
	} else if !regexp.MustCompile(pattern).MatchString(r.Error()) {
		k.t.Errorf("the cell's error is not like %q:\n%s", pattern, clip(r.Error()))
	}
}

// WantText fails the test unless what the cell showed as text matches the
// regular expression.
func (k *Kernel) WantText(r *jupyter.Result, pattern string) {
	k.t.Helper()
	if !regexp.MustCompile(pattern).MatchString(r.Text()) {
		k.t.Errorf("the cell did not show anything like %q, but:\n%s", pattern, clip(r.Text()))
	}
}

// WantSound fails the test unless the kernel runs the next cell and nothing
// but the kernel and its gopls is left.
func (k *Kernel) WantSound() {
	k.t.Helper()
	k.WantText(k.MustRun("import \"fmt\"\n%%\nfmt.Println(\"the next cell runs\")"), "^the next cell runs\n$")
	if left := k.waitForLeftovers(true); len(left) > 0 {
		k.t.Errorf("processes are left:%s", list(left))
	}
}

func clip(text string) string {
	const limit = 4000
	if len(text) > limit {
		return text[:limit/2] + "\n…\n" + text[len(text)-limit/2:]
	}
	return text
}
