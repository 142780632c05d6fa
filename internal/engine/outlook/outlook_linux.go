package outlook

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"
)

// Nap sleeps for d, in the system: Go's own sleep would be a timer. It is not
// the system call by which Go's monitor sleeps, so that one can be told.
func Nap(d time.Duration) {
	const monotonic = 1
	left := syscall.NsecToTimespec(int64(d))
	for errno := syscall.EINTR; errno == syscall.EINTR; {
		_, _, errno = syscall.Syscall6(syscall.SYS_CLOCK_NANOSLEEP, monotonic, 0,
			uintptr(unsafe.Pointer(&left)), uintptr(unsafe.Pointer(&left)), 0, 0)
	}
}

// looker looks for one Ask.
type looker struct {
	pauses map[string]int // thread -> in how many looks it slept as Go's monitor does

	// Of the look that is under way:
	own    string // the caller's thread
	seen   strings.Builder
	answer Answer
}

// look asks for all threads but the caller's. What it returns is the same as
// before if no other process ran meanwhile.
func (l *looker) look() (string, Answer) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if l.pauses == nil {
		l.pauses = map[string]int{}
	}
	l.own, l.answer = strconv.Itoa(syscall.Gettid()), Still
	l.seen.Reset()
	l.process(strconv.Itoa(os.Getpid()), false)
	if l.answer == Still && computing() {
		// Perhaps another who watches. What goroutines hand on among themselves
		// leaves no moment in which none of them runs or could.
		l.answer = unclear
	}
	return l.seen.String(), l.answer
}

// computing reports whether goroutines other than the caller's run or could.
func computing() bool {
	now := []metrics.Sample{
		{Name: "/sched/goroutines/running:goroutines"},
		{Name: "/sched/goroutines/runnable:goroutines"},
	}
	metrics.Read(now)
	return now[0].Value.Uint64() > 1 || now[1].Value.Uint64() > 0
}

// process looks at a process's threads and at the processes that they started.
// counted says whether how often it ran is part of what was seen: in this
// process, watching it alone lets threads run.
func (l *looker) process(pid string, counted bool) {
	if l.answer == Unknown {
		return
	}
	folder := filepath.Join("/proc", pid, "task")
	threads, err := os.ReadDir(folder)
	if l.gone(err) {
		return
	}
	for _, thread := range threads {
		at := filepath.Join(folder, thread.Name())
		children, err := os.ReadFile(filepath.Join(at, "children"))
		if errors.Is(err, fs.ErrNotExist) && thread.Name() == l.own {
			l.answer = Unknown // it is there, so the kernel was built without
			return
		}
		if l.gone(err) {
			continue
		}
		for _, child := range strings.Fields(string(children)) {
			l.process(child, true)
		}
		if thread.Name() == l.own {
			continue
		}
		doing, err := os.ReadFile(filepath.Join(at, "syscall"))
		if l.gone(err) {
			continue
		}
		if strings.HasPrefix(string(doing), monitorsPause) {
			l.pauses[thread.Name()]++
		}
		switch {
		case rests(string(doing)), l.answer == Unknown:
		case !counted && (l.pauses[thread.Name()] >= 3 || strings.HasPrefix(string(doing), nap)):
			// The monitor, or another watcher.
		case !counted && string(doing) == "running\n" && l.answer == Still:
			// Perhaps the monitor, which every look wakes up.
			l.answer = unclear
		default:
			l.answer = Moving
		}
		if counted {
			status, err := os.ReadFile(filepath.Join(at, "status"))
			if l.gone(err) {
				continue
			}
			if !asleep(string(status)) && l.answer != Unknown {
				// It waits for a disk, say, in a call that it could also rest in.
				l.answer = Moving
			}
			l.seen.WriteString(thread.Name())
			l.seen.WriteString(switches(string(status)))
		}
	}
}

// gone reports whether there is nothing to read because a thread has ended,
// which is a movement, or because the system does not tell.
func (l *looker) gone(err error) bool {
	switch {
	case err == nil:
		return false
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ESRCH):
		if l.answer != Unknown {
			l.answer = Moving
		}
	default:
		l.answer = Unknown
	}
	return true
}

var (
	nap           = strconv.Itoa(syscall.SYS_CLOCK_NANOSLEEP) + " "
	monitorsPause = strconv.Itoa(syscall.SYS_NANOSLEEP) + " "
)

// rests reads what the system tells of a thread: "running", or the number of a
// system call and its arguments. A thread that lacks a processor or a page of
// memory does not rest.
func rests(doing string) bool {
	words := strings.Fields(doing)
	if len(words) == 0 {
		return false
	}
	number, err := strconv.Atoi(words[0])
	if err != nil {
		return false
	}
	switch number {
	case syscall.SYS_FUTEX, syscall.SYS_READ, syscall.SYS_WAITID, syscall.SYS_WAIT4,
		syscall.SYS_RECVFROM, syscall.SYS_RECVMSG, syscall.SYS_ACCEPT4,
		syscall.SYS_NANOSLEEP: // Go's monitor
		return true
	case syscall.SYS_EPOLL_PWAIT:
		// The fifth word is how long it waits in all, in milliseconds; for ever
		// if nothing of Go's waits for a time.
		if len(words) < 5 {
			return false
		}
		timeout, err := strconv.ParseUint(words[4], 0, 64)
		return err == nil && int32(timeout) < 0
	case -1:
		// Not in a system call. One that has ended and was not waited for has no
		// stack.
		return len(words) == 3 && words[1] == "0x0"
	}
	return false
}

// asleep reports whether a thread waits for an event, or has ended.
func asleep(status string) bool {
	_, state, _ := strings.Cut(status, "\nState:\t")
	return strings.HasPrefix(state, "S") || strings.HasPrefix(state, "Z")
}

// switches is how often a thread got and lost a processor.
func switches(status string) string {
	_, counts, _ := strings.Cut(status, "\nvoluntary_ctxt_switches:")
	return counts
}
