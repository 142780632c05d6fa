package standstill

import (
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Ask asks the system whether anything can still wake a goroutine. A thread
// of a program that waits for a timer, or for input, sits in the system's poll;
// one that has nothing to wait for sleeps on a futex. No trace may run meanwhile,
// since the tracer has a timer of its own. After one has, the runtime may wait for
// that timer until it would have fired, although it was stopped; without one, pass
// the zero time.
func Ask(tracersTimerFires time.Time) Outlook {
	longest := max(time.Until(tracersTimerFires), 0) + tolerance
	// The runtime gives memory back bit by bit, with a timer of its own. Let it be
	// done with that now.
	debug.FreeOSMemory()
	asleep, awake := 0, 0
	for range maxProbes {
		// Not time.Sleep: that would be a timer.
		pause := syscall.NsecToTimespec(int64(probeInterval))
		syscall.Nanosleep(&pause, nil)
		seen := threads(longest)
		switch {
		case seen == hidden:
			return Uncertain
		case seen == expecting:
			return Hopeful
		case !Idle():
			asleep, awake = 0, awake+1
		case seen == polling:
			asleep, awake = 0, 0
		case seen == running:
			// It finds out that there is nothing to do; or it is Go's monitor,
			// which every look wakes up.
			asleep, awake = asleep+1, 0
		case seen == resting:
			asleep, awake = asleep+4, 0
		}
		switch {
		case asleep >= enough:
			return Hopeless
		case awake == 3:
			return Hopeful
		}
	}
	return Hopeful
}

const (
	probeInterval = 15 * time.Millisecond
	maxProbes     = 60
	enough        = 12                    // three looks at sleeping threads, or more if one is awake
	tolerance     = 20 * time.Millisecond // of when a timer fires
)

// doing is what all threads of the program but the caller's do.
type doing int

const (
	resting   doing = iota // nothing, until another thread wakes them
	running                // one runs
	polling                // one waits for no longer than until the tracer's timer fires
	expecting              // one waits for input or for another time
	hidden                 // the system does not tell
)

// threads looks at them. The tracer's timer may make one wait for as long as
// longest.
func threads(longest time.Duration) doing {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	own := strconv.Itoa(syscall.Gettid())
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return hidden
	}
	all := resting
	for _, task := range tasks {
		if task.Name() == own {
			continue
		}
		data, err := os.ReadFile("/proc/self/task/" + task.Name() + "/syscall")
		if os.IsNotExist(err) || errors.Is(err, syscall.ESRCH) {
			continue // the thread has ended
		} else if err != nil {
			return hidden
		}
		all = max(all, doingIn(string(data), longest))
	}
	return all
}

// doingIn reads what the system tells of a thread: "running", or the number of a
// system call and its arguments.
func doingIn(data string, longest time.Duration) doing {
	words := strings.Fields(data)
	number, err := strconv.Atoi(words[0])
	switch {
	case err != nil:
		return running
	case number == syscall.SYS_FUTEX, number == syscall.SYS_NANOSLEEP: // the latter is Go's monitor
		return resting
	case number == syscall.SYS_EPOLL_PWAIT && len(words) > 4:
		// The fifth word is how long it waits in all, in milliseconds.
		timeout, err := strconv.ParseInt(words[4], 0, 64)
		if err == nil && time.Duration(timeout)*time.Millisecond <= longest {
			return polling
		}
	}
	return expecting
}

// LinkedWithC reports whether the program is: with the race detector, say, or
// with package net and its C resolver. Go then never reports a deadlock.
func LinkedWithC() bool {
	maps, err := os.ReadFile("/proc/self/maps")
	return err == nil && strings.Contains(string(maps), "/ld-")
}
