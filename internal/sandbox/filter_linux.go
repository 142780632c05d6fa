package sandbox

import (
	"os"
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"
)

// filter lets this thread, and what it becomes, use the system calls that a Go
// program needs, and no others: what a later kernel adds is refused, too. It is a
// program for the kernel that answers from a call's number and arguments.
func (p plan) filter() error {
	program := p.filterProgram()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return os.NewSyscallError("prctl", err)
	}
	prog := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, 0, uintptr(unsafe.Pointer(&prog)))
	if errno != 0 {
		return os.NewSyscallError("seccomp", errno)
	}
	return nil
}

// Where struct seccomp_data has a call's number, its architecture, and its
// arguments, of which the lower half comes first.
const (
	callAt   = 0
	archAt   = 4
	firstAt  = 16
	secondAt = 24
)

func (p plan) filterProgram() []unix.SockFilter {
	var f rules
	f.load(archAt)
	f.unless(unix.BPF_JEQ, arch, unix.SECCOMP_RET_KILL_PROCESS)
	f.load(callAt)
	f.when(unix.BPF_JGE, otherTable, refuse(unix.ENOSYS))
	for _, call := range slices.Concat(alwaysAllowed, allowedHere) {
		f.when(unix.BPF_JEQ, uint32(call), unix.SECCOMP_RET_ALLOW)
	}
	if p.Limits.Processes > 0 {
		for _, call := range slices.Concat(withProcesses, withProcessesHere) {
			f.when(unix.BPF_JEQ, uint32(call), unix.SECCOMP_RET_ALLOW)
		}
	}

	// Its flags are in memory, which a filter cannot read; the C library then takes
	// clone.
	f.when(unix.BPF_JEQ, unix.SYS_CLONE3, refuse(unix.ENOSYS))
	f.call(unix.SYS_CLONE, func(f *rules) {
		f.load(firstAt)
		f.when(unix.BPF_JSET, newNamespaces, refuse(unix.EPERM))
		if p.Limits.Processes == 0 {
			f.unless(unix.BPF_JSET, unix.CLONE_THREAD, refuse(unix.EPERM))
		}
		f.ret(unix.SECCOMP_RET_ALLOW)
	})

	// A pair of sockets leads nowhere but from one end to the other, save that
	// datagrams may be sent to any address.
	f.call(unix.SYS_SOCKETPAIR, func(f *rules) {
		f.load(firstAt)
		f.unless(unix.BPF_JEQ, unix.AF_UNIX, refuse(unix.EPERM))
		f.load(secondAt)
		f.and(0xf)
		f.when(unix.BPF_JEQ, unix.SOCK_STREAM, unix.SECCOMP_RET_ALLOW)
		f.when(unix.BPF_JEQ, unix.SOCK_SEQPACKET, unix.SECCOMP_RET_ALLOW)
		f.ret(refuse(unix.EPERM))
	})
	f.call(unix.SYS_PRCTL, func(f *rules) { f.oneOf(firstAt, unix.PR_SET_NAME, unix.PR_SET_PDEATHSIG, unix.PR_SET_VMA) })
	f.call(unix.SYS_IOCTL, func(f *rules) { f.oneOf(secondAt, unix.TCGETS) })
	f.call(unix.SYS_PRLIMIT64, func(f *rules) { f.oneOf(firstAt, 0) }) // its own

	// Where nothing else keeps signals in, they are only for itself.
	if p.keepsSignals() {
		for _, call := range []uint32{unix.SYS_KILL, unix.SYS_TGKILL, unix.SYS_PIDFD_OPEN, unix.SYS_PIDFD_SEND_SIGNAL} {
			f.when(unix.BPF_JEQ, call, unix.SECCOMP_RET_ALLOW)
		}
	} else {
		self := uint32(os.Getpid())
		f.call(unix.SYS_KILL, func(f *rules) { f.oneOf(firstAt, 0, self) })
		f.call(unix.SYS_TGKILL, func(f *rules) { f.oneOf(firstAt, self) })
	}
	f.ret(refuse(unix.EPERM))
	return f
}

func refuse(why unix.Errno) uint32 { return unix.SECCOMP_RET_ERRNO | uint32(why) }

const newNamespaces = unix.CLONE_NEWUSER | unix.CLONE_NEWNS | unix.CLONE_NEWPID | unix.CLONE_NEWNET |
	unix.CLONE_NEWIPC | unix.CLONE_NEWUTS | unix.CLONE_NEWCGROUP

// rules are instructions for the kernel's packet filter, which looks at a call.
type rules []unix.SockFilter

func (r *rules) add(code uint16, k uint32, then, otherwise uint8) {
	*r = append(*r, unix.SockFilter{Code: code, Jt: then, Jf: otherwise, K: k})
}

func (r *rules) load(at uint32)    { r.add(unix.BPF_LD|unix.BPF_W|unix.BPF_ABS, at, 0, 0) }
func (r *rules) and(mask uint32)   { r.add(unix.BPF_ALU|unix.BPF_AND|unix.BPF_K, mask, 0, 0) }
func (r *rules) ret(answer uint32) { r.add(unix.BPF_RET|unix.BPF_K, answer, 0, 0) }

// when answers if what was loaded compares to k; unless, if it does not.
func (r *rules) when(compare uint16, k, answer uint32) {
	r.add(unix.BPF_JMP|compare|unix.BPF_K, k, 0, 1)
	r.ret(answer)
}

func (r *rules) unless(compare uint16, k, answer uint32) {
	r.add(unix.BPF_JMP|compare|unix.BPF_K, k, 1, 0)
	r.ret(answer)
}

// call answers one call by rules of its own, all of whose ways end in an answer.
func (r *rules) call(number uint32, with func(*rules)) {
	var own rules
	with(&own)
	r.add(unix.BPF_JMP|unix.BPF_JEQ|unix.BPF_K, number, 0, uint8(len(own)))
	*r = append(*r, own...)
}

// oneOf allows a call if an argument is one of these.
func (r *rules) oneOf(at uint32, values ...uint32) {
	r.load(at)
	for _, v := range values {
		r.when(unix.BPF_JEQ, v, unix.SECCOMP_RET_ALLOW)
	}
	r.ret(refuse(unix.EPERM))
}
