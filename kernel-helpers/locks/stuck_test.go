package locks_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// programs are run by themselves: some are ended, and a test's timer would keep
// them from being seen to be stuck.
var programs = map[string]func(){
	"a lock and a channel": func() {
		mu := locks.NewMutex("mu")
		done := make(chan bool)
		mu.Lock()
		threads.Go("worker 1", func() { mu.With(func() {}); done <- true })
		<-done
	},
	"a lock and one of package sync": func() {
		var mu locks.Mutex
		var other sync.Mutex
		other.Lock()
		var group threads.Group
		group.Go("worker 1", func() { mu.Lock(); other.Lock() })
		time.Sleep(5 * time.Millisecond)
		group.Go("worker 2", func() { mu.Lock() })
		group.Wait()
	},
	"an event that nobody sets": func() {
		ready := locks.NewEvent("ready")
		var group sync.WaitGroup
		group.Go(ready.Wait)
		group.Wait()
	},
	"a permit that nobody releases": func() {
		slots := locks.NewSemaphore("slots", 2)
		for range 3 {
			slots.Acquire()
		}
	},
	"a timer": func() {
		ready := locks.NewEvent("ready")
		time.AfterFunc(2500*time.Millisecond, ready.Set)
		ready.Wait()
	},
	"a long nap": func() {
		mu := locks.NewMutex("mu")
		worker := threads.Go("worker 1", func() { mu.With(func() { time.Sleep(2500 * time.Millisecond) }) })
		time.Sleep(10 * time.Millisecond)
		mu.With(func() {})
		worker.Join()
	},
}

func TestMain(m *testing.M) {
	if run := programs[os.Getenv("LOCKS_PROGRAM")]; run != nil {
		run()
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func TestStuckProgramsAreTold(t *testing.T) {
	for name, want := range map[string]string{ // "": the program ends well
		"a lock and a channel": "Nothing can run any more:\n" +
			"  worker 1 waits for lock mu, which main holds, at `threads.Go(\"worker 1\", *` (stuck_test.go:*)\n" +
			"  main waits for a value from a channel, at `<-done` (stuck_test.go:*)\n" +
			"Mend what they wait for, then run the cell again.\n",
		"a lock and one of package sync": "Nothing can run any more:\n" +
			"  worker 2 waits for lock mu, which worker 1 holds, at `*` (stuck_test.go:*)\n" +
			"  main waits for group.Wait to return, at `group.Wait()` (stuck_test.go:*)\n" +
			"  worker 1 waits for a sync.Mutex, at `*` (stuck_test.go:*)\n" +
			"Mend what they wait for, then run the cell again.\n",
		"an event that nobody sets": "Nothing can run any more:\n" +
			"  main waits for all of a group, at `group.Wait()` (stuck_test.go:*)\n",
		"a permit that nobody releases": "Nothing can run any more:\n" +
			"  main waits for semaphore slots, which main holds, at `slots.Acquire()` (stuck_test.go:*)\n",
		"a timer":    "",
		"a long nap": "",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if runtime.GOOS != "linux" && want != "" {
				t.Skip("only Linux tells")
			}
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "LOCKS_PROGRAM="+name)
			out, _ := cmd.CombinedOutput()
			status := cmd.ProcessState.ExitCode()
			if want == "" && (len(out) > 0 || status != 0) || want != "" && (!matches(string(out), want) || status != 2) {
				t.Errorf("exit status %d\n%s\nwant\n%s", status, out, want)
			}
			if strings.Contains(string(out), "[running]") {
				t.Error("a raw trace")
			}
		})
	}
}
