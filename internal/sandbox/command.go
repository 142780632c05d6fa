package sandbox

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

// Box confines programs by one tier. Choose makes it.
type Box struct {
	Tier Tier
	// needs are the files that the system loads programs from.
	needs []need
	// root lets each program be another user.
	root bool
}

// launcher is the launcher's name for itself, by which it knows what to do.
const launcher = "interleave-confine"

// plan is what the launcher is told.
type plan struct {
	Tier    Tier
	Limits  Limits
	Program string // an absolute path, as all are
	Dir     string // the one folder that is the program's
	Needs   []need // what the program may read besides
	User    int    // whom it runs as; 0: as who starts it
}

// Command returns the command that runs program, confined, in the folder dir. It
// runs in a session of its own, which Watch ends. The caller may set its environment,
// save HOME, PWD and TMPDIR, which name the folder, its output and extra files, and
// nothing else. Both paths are absolute, without links.
//
// Run by root, a program is a user's without rights: dir becomes that user's, and
// anybody may run program. The folders above them may be root's alone: the user gets
// at both without their paths.
func (b *Box) Command(l Limits, dir, program string, args ...string) (*exec.Cmd, error) {
	p := plan{Tier: b.Tier, Limits: l, Program: program, Dir: dir, Needs: b.needs}
	if b.root {
		p.User = nextUser()
		if err := errors.Join(os.Chown(dir, p.User, p.User), os.Chmod(program, 0o755)); err != nil {
			return nil, err
		}
	}
	cmd := &exec.Cmd{Path: ownPath(), Args: append([]string{launcher, p.String()}, args...), Dir: dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	b.isolate(cmd.SysProcAttr, p.User)
	return cmd, nil
}

// NotStarted returns the launcher's complaint if a command ended because it could
// not confine the program; that one has then not run.
func NotStarted(state *os.ProcessState, stderr string) error {
	if state == nil || state.ExitCode() != notStarted {
		return nil
	}
	return errors.New(strings.TrimSpace(stderr))
}

// notStarted is the launcher's exit status when there is no program to have one.
const notStarted = 125
