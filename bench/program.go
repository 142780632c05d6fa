package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// buildPrograms builds the Go programs whose cases are timed, in a new folder.
func buildPrograms(ctx context.Context, root string) (dir string, err error) {
	dir, err = os.MkdirTemp("", "interleave-bench-")
	if err != nil {
		return "", err
	}
	for _, from := range [][]string{
		{root, "./bench/ours", "./bench/lessons", "./kernel-helpers/internal/events/cost"},
		{filepath.Join(root, "bench", "peers"), "."},
	} {
		args := append([]string{"build", "-tags", "bench", "-o", dir + string(filepath.Separator)}, from[1:]...)
		cmd := exec.CommandContext(ctx, "go", args...)
		cmd.Dir = from[0]
		if out, err := cmd.CombinedOutput(); err != nil {
			os.RemoveAll(dir)
			return "", fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return dir, nil
}

// python is the interpreter that helpers are compared with: the reader's.
func (b *bench) python() string { return filepath.Join(b.root, ".venv", "bin", "python") }

// machine says what the figures were measured on.
func machine(ctx context.Context, b *bench) string {
	version, err := exec.CommandContext(ctx, b.python(), "--version").Output()
	if err != nil {
		version = []byte("no Python")
	}
	return fmt.Sprintf("Measured on %s/%s with %d cores, %s, %s.\n",
		runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), strings.Replace(runtime.Version(), "go", "Go ", 1), strings.TrimSpace(string(version)))
}

// program is a running program that times its cases on request: see bench/answer.
type program struct {
	name    string
	cmd     *exec.Cmd
	stdin   io.WriteCloser
	answers *bufio.Reader
}

// start starts a program by its name: a Python script of bench/peers, or one of
// the Go programs.
func (b *bench) start(name string) (*program, error) {
	cmd := exec.Command(filepath.Join(b.programs, name))
	if strings.HasSuffix(name, ".py") {
		cmd = exec.Command(b.python(), filepath.Join(b.root, "bench", "peers", name))
	}
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // its children end with it
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
	return &program{name, cmd, stdin, bufio.NewReader(stdout)}, nil
}

// patience is far more than any case takes.
const patience = 2 * time.Minute

// time has the program run one of its cases about n times. It returns how often
// that was, and what it took.
func (p *program) time(ctx context.Context, name string, n int) (times int, took time.Duration, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("no answer within %s", patience))
	defer cancel()
	stop := context.AfterFunc(ctx, p.kill)
	defer stop()
	fmt.Fprintln(p.stdin, name, n) // if it cannot be read, there is no answer either
	answer, err := p.answers.ReadString('\n')
	if ctx.Err() != nil {
		return 0, 0, fmt.Errorf("%s, case %s: %w", p.name, name, context.Cause(ctx))
	}
	if err != nil {
		return 0, 0, fmt.Errorf("%s, case %s: it ended without an answer: %w", p.name, name, err)
	}
	if _, err := fmt.Sscanf(answer, "ok %d %d", &times, &took); err != nil || times < 1 {
		return 0, 0, fmt.Errorf("%s, case %s: %s", p.name, name, strings.TrimSpace(answer))
	}
	return times, took, nil
}

// end ends the program. What its cases still hold needs no orderly end.
func (p *program) end() {
	p.kill()
	p.cmd.Wait()
}

func (p *program) kill() { syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) }
