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
// since the tracer has a timer of its own. What is not known after so much time, of
// which it takes at least a tenth of a second, counts as hopeful.
func Ask(within time.Duration) Outlook {
	until := time.Now().Add(within)
	ForgetTimers()
	outlook := look(until)
	if outlook == Hopeful && time.Until(until) > enough*probeInterval {
		// The runtime gives memory back bit by bit, and sleeps in between: the first
		// time for a second. Nothing is left to give back after the first call; the
		// second wakes it up to see that.
		defer debug.SetGCPercent(debug.SetGCPercent(-1))
		debug.FreeOSMemory()
		runtime.GC()
		ForgetTimers()
		outlook = look(until)
	}
	return outlook
}

// look looks at the threads until it is sure, or until then.
func look(until time.Time) Outlook {
	asleep, awake, hopes := 0, 0, 0
	for time.Now().Before(until) {
		rest(probeInterval)
		seen := threads()
		switch {
		case seen == hidden:
			return Uncertain
		case seen == expecting:
			asleep, hopes = 0, hopes+1
		case !Idle(): // or a thread looked for work just then: that is no life, and no rest
			asleep, awake = max(0, asleep-2), awake+1
		case seen == running:
			// It finds out that there is nothing to do; or it is Go's monitor,
			// which every look wakes up.
			asleep, awake, hopes = asleep+1, 0, 0
		case seen == resting:
			asleep, awake, hopes = asleep+4, 0, 0
		}
		switch {
		case asleep >= enough:
			return Hopeless
		case awake == 3, hopes == 2: // the runtime makes short calls, too
			return Hopeful
		}
	}
	return Hopeful
}

const (
	probeInterval = 15 * time.Millisecond
	enough        = 12 // three looks at sleeping threads, or more if one is awake
)

// doing is what all threads of the program but the caller's do.
type doing int

const (
	resting   doing = iota // nothing, until another thread wakes them
	running                // one runs
	expecting              // one waits for input or for a time
	hidden                 // the system does not tell
)

// threads looks at them.
func threads() doing {
	all := resting
	if !eachThread(func(data string) { all = max(all, doingIn(data)) }) {
		return hidden
	}
	return all
}

// eachThread calls see with what the system tells of each thread but the caller's. It
// reports false if it does not tell.
func eachThread(see func(data string)) bool {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	own := strconv.Itoa(syscall.Gettid())
	tasks, err := os.ReadDir("/proc/self/task")
	if err != nil {
		return false
	}
	for _, task := range tasks {
		if task.Name() == own {
			continue
		}
		data, err := os.ReadFile("/proc/self/task/" + task.Name() + "/syscall")
		if os.IsNotExist(err) || errors.Is(err, syscall.ESRCH) {
			continue // the thread has ended
		} else if err != nil {
			return false
		}
		see(string(data))
	}
	return true
}

// rest pauses. Not by time.Sleep: that would be a timer.
func rest(d time.Duration) {
	pause := syscall.NsecToTimespec(int64(d))
	syscall.Nanosleep(&pause, nil)
}

// doingIn reads what the system tells of a thread: "running", or the number of a
// system call and its arguments.
func doingIn(data string) doing {
	word, _, _ := strings.Cut(data, " ")
	switch number, err := strconv.Atoi(word); {
	case err != nil:
		return running
	case number == syscall.SYS_FUTEX, number == syscall.SYS_NANOSLEEP: // the latter is Go's monitor
		return resting
	}
	return expecting
}

// LinkedWithC reports whether the program is: with the race detector, say, or
// with package net and its C resolver. Go then never reports a deadlock.
func LinkedWithC() bool {
	maps, err := os.ReadFile("/proc/self/maps")
	return err == nil && strings.Contains(string(maps), "/ld-")
}
