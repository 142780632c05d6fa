package jupyter

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/interleave-lab/interleave/internal/progress"
	"github.com/interleave-lab/interleave/internal/scratch"
)

//go:embed driver.py
var driver string

// Errors of a kernel that will run no more cells.
var (
	ErrKernelDied = errors.New("the kernel died")
	errNoKernel   = errors.New("the kernel spec " + KernelName + " is missing: run make setup")
)

// Kernel is one running GoNB kernel. One goroutine uses it at a time, save for
// Interrupt.
type Kernel struct {
	driver *exec.Cmd
	stdin  io.WriteCloser
	events chan event
	log    *tail
	folder *scratch.Folder
}

type event struct {
	Event   string `json:"event"`
	Status  string `json:"status"`
	Count   int    `json:"count"`
	Outputs []any  `json:"outputs"`
	Message string `json:"message"`
}

// StartKernel starts the kernel of the clone at root with dir as its working
// directory, which for a notebook is the notebook's folder. Close ends it.
// extraEnv ("NAME=value") is added to its environment.
func StartKernel(ctx context.Context, root, dir string, extraEnv ...string) (k *Kernel, err error) {
	interpreter, err := python(root)
	if err != nil {
		return nil, err
	}
	// GoNB builds below the temporary folder; one of our own goes away whole,
	// even after a kernel that was killed.
	folder, err := scratch.New("interleave-kernel-", killAll)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			folder.Remove()
		}
	}()
	script := filepath.Join(folder.Path, "driver.py")
	if err := os.WriteFile(script, []byte(driver), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.Command(interpreter, "-I", script, KernelName, dir)
	// No learner sits at such a kernel: what its check cells find is nobody's progress.
	cmd.Env = append(append(Environment(root), "TMPDIR="+folder.Path, progress.Off+"=1"), extraEnv...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a Ctrl-C is ours to handle
	cmd.WaitDelay = time.Second
	folder.Share(cmd)
	log := new(tail)
	cmd.Stderr = log
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	k = &Kernel{driver: cmd, stdin: stdin, events: make(chan event), log: log, folder: folder}
	go k.read(stdout)
	if err := k.awaitReady(ctx); err != nil {
		k.Close()
		return nil, err
	}
	return k, nil
}

// read passes the driver's answers on, until it ends.
func (k *Kernel) read(stdout io.Reader) {
	defer close(k.events)
	dec := json.NewDecoder(stdout)
	dec.UseNumber()
	for {
		var e event
		if dec.Decode(&e) != nil {
			return
		}
		k.events <- e
	}
}

func (k *Kernel) awaitReady(ctx context.Context) error {
	select {
	case e, ok := <-k.events:
		switch {
		case ok && e.Event == "ready":
			return nil
		case strings.Contains(e.Message, "NoSuchKernel"):
			return errNoKernel
		case e.Message != "":
			return fmt.Errorf("the kernel does not start: %s\n%s", e.Message, k.log)
		}
		return fmt.Errorf("the kernel does not start; run `interleave doctor`\n%s", k.log)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Execute runs one cell. When ctx ends first it interrupts the cell, waits for
// it and returns the result beside ctx's error. ErrKernelDied means that the
// kernel is gone.
func (k *Kernel) Execute(ctx context.Context, source string) (*Result, error) {
	began := time.Now()
	if err := k.send(map[string]string{"op": "execute", "source": source}); err != nil {
		return nil, err
	}
	var interrupted error
	done, giveUp := ctx.Done(), (<-chan time.Time)(nil)
	for {
		select {
		case e, ok := <-k.events:
			if !ok || e.Event != "done" {
				return nil, k.died()
			}
			return &Result{
				Failed:   e.Status != "ok",
				Count:    e.Count,
				Outputs:  joinStreams(e.Outputs),
				Duration: time.Since(began),
			}, interrupted
		case <-done:
			interrupted, done = ctx.Err(), nil
			if err := k.Interrupt(); err != nil {
				return nil, err
			}
			// GoNB kills a cell that ignores the interrupt after 5 s.
			giveUp = time.After(15 * time.Second)
		case <-giveUp:
			return nil, fmt.Errorf("the cell does not end, not even when it is interrupted: %w", interrupted)
		}
	}
}

// Interrupt interrupts the running cell, as the stop button does. The Execute
// that runs it returns.
func (k *Kernel) Interrupt() error { return k.send(map[string]string{"op": "interrupt"}) }

// Close shuts the kernel down and waits until no process of it is left: the
// kernel, its gopls, a cell, a cell's children.
func (k *Kernel) Close() error {
	k.stdin.Close()
	overdue := time.AfterFunc(15*time.Second, func() { k.driver.Process.Kill() })
	for range k.events { // let the driver write what it still has to say
	}
	err := k.driver.Wait()
	overdue.Stop()
	endAll(k.folder.Path)
	return errors.Join(err, k.folder.Remove())
}

func (k *Kernel) send(request map[string]string) error {
	line, err := json.Marshal(request)
	if err != nil {
		return err
	}
	if _, err := k.stdin.Write(append(line, '\n')); err != nil {
		return k.died()
	}
	return nil
}

func (k *Kernel) died() error { return fmt.Errorf("%w; its last words:\n%s", ErrKernelDied, k.log) }
