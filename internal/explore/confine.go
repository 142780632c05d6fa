package explore

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/interleave-lab/interleave/internal/sandbox"
)

// bounds are what a confined program may have. Its guard, which is inside of it, sees
// to memory first, and for each schedule to processor time.
var bounds = sandbox.Limits{CPU: wallLimit, MemoryMB: memoryMB, DiskMB: 16}

// command returns the command that runs the program once: in the folder of its package
// and with all that this process may do, as go test runs it, or in the sandbox and in a
// folder that holds nothing.
func (p *program) command(ctx context.Context) (*exec.Cmd, error) {
	if p.box == nil {
		cmd := exec.CommandContext(ctx, p.binary)
		cmd.Dir = p.target.Dir
		// A cell's pipes to its kernel are not the program's.
		cmd.Env = slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "GONB_") })
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
		return cmd, nil
	}
	dir, err := os.MkdirTemp(p.dir, "run-")
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	binary, err := filepath.EvalSymlinks(p.binary)
	if err != nil {
		return nil, err
	}
	cmd, err := p.box.Command(bounds, dir, binary)
	if err != nil {
		return nil, err
	}
	cmd.Env = []string{"PATH="} // what stands in the user's is nobody else's
	return cmd, nil
}

// watch ends a confined program that takes too much, or when ctx ends. What it returns
// is to be called when the program has ended: it ends what is left of it, and says what
// it had too much of.
func (p *program) watch(ctx context.Context, cmd *exec.Cmd) (end func() sandbox.Bound) {
	if p.box == nil {
		return func() sandbox.Bound {
			_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // what it has started and left
			return ""
		}
	}
	over, stopped := make(chan struct{}), make(chan sandbox.Bound, 1)
	go func() { stopped <- p.box.Watch(ctx, over, cmd.Process.Pid, cmd.Dir, bounds) }()
	return func() sandbox.Bound {
		close(over)
		return <-stopped
	}
}

// tier names what a request's programs are confined by.
func (r *Request) tier() sandbox.Tier {
	if r.Box == nil {
		return sandbox.None
	}
	return r.Box.Tier
}
