package timeline_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestDeadlockIsToldDrawnAndEnds(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "deadlock")
	if status != 2 {
		t.Errorf("exit status %d, want Go's own 2", status)
	}
	contains(t, out, "Nothing can run any more: main waits for all of wg, at `wg.Wait()`", "goroutine 1: sendTwice waits for a receiver on done, at `done <- true`")
	contains(t, err, "Nothing can run any more:\n  main waits for all of wg, at `wg.Wait()`", "all goroutines are asleep - deadlock!")
}

const deadlock = `package main

import "github.com/interleave-lab/interleave/kernel-helpers/timeline"

func main() {
	done := make(chan bool)
	timeline.Show("deadlock", func() { <-done })
}
`

// The test's own binary may be linked with C, where Go cannot report deadlocks.
// This program stands outside the module's folder, as a cell's does.
func TestGosOwnReportFollowsADeadlock(t *testing.T) {
	t.Parallel()
	program := filepath.Join(t.TempDir(), "deadlock")
	if err := os.WriteFile(program+".go", []byte(deadlock), 0o666); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("go", "build", "-o", program, program+".go")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	_, err, status := output(t, exec.Command(program))
	if status != 2 {
		t.Errorf("exit status %d, want Go's own 2", status)
	}
	contains(t, err, "Nothing can run any more:\n  main waits for a value from done", "fatal error: all goroutines are asleep - deadlock!", "goroutine 1 [chan receive]:")
}

// A live picture leaves the runtime timers that were stopped, and memory to give back.
// Go must not wait for either before it reports.
func TestADeadlockAfterALivePictureIsToldAsSoon(t *testing.T) {
	t.Parallel()
	began := time.Now()
	_, err, status := run(t, "deadlock after a live picture")
	if took := time.Since(began); status != 2 || took > 5*time.Second {
		t.Errorf("exit status %d after %v, want Go's own 2 after about a second", status, took)
	}
	contains(t, err, "Nothing can run any more:\n  main waits for a value from done", "all goroutines are asleep - deadlock!")
}

func TestDeadlockNamesTheHoldersOfLocks(t *testing.T) {
	t.Parallel()
	_, err, _ := run(t, "lock held for ever")
	contains(t, err, "worker 1 waits for a value from answers, at", "worker 2 waits for lock a, which worker 1 holds, at")
}

// Where nothing is recorded, the end of a goroutine is not seen.
func TestTheWatchdogIsOutOfTheWayWhenATimerFires(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "ends at many times")
	early := strings.Fields(out)
	if status != 0 || err != "" || len(early) != manyEnds {
		t.Fatalf("exit status %d, errors: %s, output: %s", status, err, out)
	}
	for i, milliseconds := range early {
		if n, err := strconv.Atoi(milliseconds); err != nil || n > 1 || n < -100 {
			t.Errorf("worker %d was seen to end %s ms early (below 0: late)", i, milliseconds)
		}
	}
}

func TestWaitingForATimerIsNoDeadlock(t *testing.T) {
	for program, finding := range map[string]string{
		"timer":  "goroutine 1: in timeline_test.init slept 3",
		"ticker": "main slept 3.",

		"ends while it is asked": "12 recordings ended",
	} {
		t.Run(program, func(t *testing.T) {
			t.Parallel()
			out, err, status := run(t, program)
			if status != 0 || err != "" {
				t.Errorf("exit status %d, errors: %s", status, err)
			}
			if !strings.HasPrefix(out, finding) {
				t.Errorf("output: %s, want %s…", out, finding)
			}
		})
	}
}

func TestPanicIsDrawnAndKeepsItsStack(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "panic")
	contains(t, out, "The function did not return; this is until then. main slept ")
	contains(t, err, "panic: boom\n", "goroutine 1 [running]:\n", "timeline_test.init.func", "programs_test.go:")
	if status != 2 || strings.Contains(err, "recovered") {
		t.Errorf("exit status %d, errors:\n%s", status, err)
	}
}

func TestPanicOfAThreadIsDrawnAtWait(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "panic of a thread")
	contains(t, out, "The function did not return; this is until then. worker 1 slept ")
	contains(t, err, "panic: thread worker 1 panicked: boom\n", "at `group.Go(", "Group).Wait")
	if status != 2 {
		t.Errorf("exit status %d", status)
	}
}

func TestPanicOfAGoroutineEndsTheProgramAsInGo(t *testing.T) {
	t.Parallel()
	_, err, status := run(t, "panic of a goroutine")
	contains(t, err, "panic: boom\n", "timeline_test.init.func")
	if status != 2 {
		t.Errorf("exit status %d", status)
	}
}

func TestExitWithinARecordingExits(t *testing.T) {
	t.Parallel()
	out, err, status := run(t, "exit")
	if out != "" || err != "" || status != 3 {
		t.Errorf("exit status %d, output %q, errors %q", status, out, err)
	}
}

func TestEndlessLoopEndsAtAnInterrupt(t *testing.T) {
	t.Parallel()
	cmd := command("loop")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "looping\n" {
		t.Error(line, err)
	}
	cmd.Process.Signal(os.Interrupt)
	cmd.Wait()
	if got := cmd.ProcessState.String(); got != "signal: interrupt" {
		t.Errorf("it ended with %q, want Go's own end by the signal", got)
	}
}
