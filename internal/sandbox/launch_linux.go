package sandbox

import (
	"fmt"
	"os"
	"sync/atomic"
	"syscall"

	"golang.org/x/sys/unix"
)

// ownPath names this executable wherever it stands and whoever may go there.
func ownPath() string { return "/proc/self/exe" }

// Users that systems keep for services with no lasting name. Each run has another,
// so that the system's bound on a user's processes is a bound on one run.
const firstUser, lastUser = 61184, 65519

var users atomic.Int64

func nextUser() int {
	return firstUser + int(int64(os.Getpid())*31+users.Add(1))%(lastUser-firstUser+1)
}

// isolate asks for what must be there before the launcher is.
func (b *Box) isolate(attr *syscall.SysProcAttr, user int) {
	if b.Tier != Namespaces {
		return
	}
	attr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWNET | syscall.CLONE_NEWIPC
	if user != 0 {
		// The launcher stays root, for the files that only root gets at.
		both := []syscall.SysProcIDMap{{ContainerID: 0, HostID: 0, Size: 1}, {ContainerID: inside, HostID: user, Size: 1}}
		attr.UidMappings, attr.GidMappings, attr.GidMappingsEnableSetgroups = both, both, true
		return
	}
	attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: os.Getuid(), Size: 1}}
	attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: inside, HostID: os.Getgid(), Size: 1}}
	attr.AmbientCaps = []uintptr{unix.CAP_SYS_ADMIN} // to mount; gone when the program starts
}

// inside is the user's number in a namespace of its own.
const inside = 1000

// confine takes from this thread what the program must not have, and returns by what
// names it can go on. It ends with the filter, behind which only exec is left to do.
func (p plan) confine() (here names, err error) {
	here = names{p.Program, p.Dir}
	switch p.Tier {
	case Namespaces:
		err = p.moveIn()
	case Landlock:
		here, err = p.stayOut()
	}
	if err != nil {
		return here, err
	}
	err = p.Limits.setLimits(rlimit{unix.RLIMIT_AS, addressSpace}, rlimit{unix.RLIMIT_MEMLOCK, 0}, rlimit{unix.RLIMIT_MSGQUEUE, 0},
		rlimit{unix.RLIMIT_NPROC, p.mostTasks()})
	if err != nil || p.Tier == None {
		return here, err
	}
	return here, p.filter()
}

// moveIn leaves all that is outside.
func (p plan) moveIn() error {
	if err := p.enterRoom(); err != nil {
		return err
	}
	if p.User != 0 {
		if err := becomeUser(inside); err != nil {
			return err
		}
	}
	return os.NewSyscallError("prctl", unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0))
}

// stayOut gives up what is not the program's. Root does so while it still gets at
// all of it.
func (p plan) stayOut() (here names, err error) {
	here = names{p.Program, p.Dir}
	if err := p.restrictFiles(); err != nil {
		return here, err
	}
	if p.User != 0 {
		if here, err = p.withoutPaths(); err != nil {
			return here, err
		}
		if err := becomeUser(p.User); err != nil {
			return here, err
		}
	}
	// Whoever loses its parent stays below the program, where it is counted.
	return here, os.NewSyscallError("prctl", unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))
}

// withoutPaths returns names that do not lead through the folders above, which root
// may have for itself alone. The process is in its folder already.
func (p plan) withoutPaths() (names, error) {
	program, err := unix.Open(p.Program, unix.O_PATH|unix.O_CLOEXEC, 0)
	if err != nil {
		return names{}, &os.PathError{Op: "open", Path: p.Program, Err: err}
	}
	return names{program: fmt.Sprintf("/proc/self/fd/%d", program), dir: "/proc/self/cwd"}, nil
}

func becomeUser(id int) error {
	if err := syscall.Setgroups(nil); err != nil {
		return os.NewSyscallError("setgroups", err)
	}
	if err := syscall.Setgid(id); err != nil {
		return os.NewSyscallError("setgid", err)
	}
	return os.NewSyscallError("setuid", syscall.Setuid(id))
}

// mostTasks is the bound on the user's threads. The system counts all of the user's,
// unless this run has a user or a namespace of users for itself. Then other programs'
// come and go, and the bound is only there to slow down who starts very many; the
// watch counts.
func (p plan) mostTasks() uint64 {
	if p.User != 0 || p.Tier == Namespaces && countsByNamespace() {
		return uint64(p.Limits.threads())
	}
	var info unix.Sysinfo_t
	if err := unix.Sysinfo(&info); err != nil {
		return 1 << 16
	}
	return uint64(info.Procs) + 4096
}

// countsByNamespace reports whether each namespace of users has a count of its own
// (Linux 5.14).
func countsByNamespace() bool {
	var name unix.Utsname
	if unix.Uname(&name) != nil {
		return false
	}
	var major, minor int
	_, err := fmt.Sscanf(unix.ByteSliceToString(name.Release[:]), "%d.%d", &major, &minor)
	return err == nil && (major > 5 || major == 5 && minor >= 14)
}
