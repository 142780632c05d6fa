package timeline_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// programs are run by the test's own binary as processes of their own, because
// of the way that they end.
var programs = map[string]func(){
	"deadlock": func() {
		timeline.Show("deadlock", func() {
			done := make(chan bool)
			go sendTwice(done)
			<-done
			var wg sync.WaitGroup
			wg.Add(1)
			wg.Wait()
		})
	},
	"lock order": func() {
		a, b := locks.NewMutex("a"), locks.NewMutex("b")
		timeline.Show("lock order", func() {
			var group threads.Group
			group.Go("worker 1", func() { a.Lock(); time.Sleep(nap); b.Lock() })
			group.Go("worker 2", func() { b.Lock(); time.Sleep(nap); a.Lock() })
			group.Wait()
		})
	},
	"timer": func() { // looks like a deadlock for a long time
		timeline.Show("timer", func() {
			done := make(chan bool)
			go func() {
				<-time.After(3 * time.Second)
				close(done)
			}()
			<-done
			threads.Go("afterwards", func() { time.Sleep(nap) }).Join()
		})
	},
	"ticker": func() {
		timeline.Show("ticker", func() {
			ticks := time.NewTicker(900 * time.Millisecond)
			defer ticks.Stop()
			for range 4 {
				<-ticks.C
			}
		})
	},
	"panic": func() {
		timeline.Show("panic", func() {
			time.Sleep(nap)
			panic("boom")
		})
	},
	"panic of a thread": func() {
		timeline.Show("panic", func() {
			var group threads.Group
			group.Go("worker 1", func() { time.Sleep(nap); panic("boom") })
			group.Wait()
		})
	},
	"panic of a goroutine": func() {
		timeline.Show("panic", func() {
			go func() { panic("boom") }()
			time.Sleep(time.Hour)
		})
	},
	"loop": func() {
		timeline.Show("loop", func() {
			fmt.Println("looping")
			for {
				compute()
			}
		})
	},
	"exit": func() {
		timeline.Show("exit", func() {
			time.Sleep(nap)
			os.Exit(3)
		})
	},
	"child": func() {
		defer events.ServeChild(os.NewFile(3, "recording"))()
		var group threads.Group
		for id := range 3 {
			group.Go(fmt.Sprint("napper ", id), func() { time.Sleep(nap) })
		}
		group.Wait()
	},
}

func sendTwice(done chan bool) {
	done <- true
	done <- true
}

func TestMain(m *testing.M) {
	if program := programs[os.Getenv("TIMELINE_TEST_PROGRAM")]; program != nil {
		program()
		return
	}
	goleak.VerifyTestMain(m)
}

// run runs a program to its end.
func run(t *testing.T, program string) (stdout, stderr string, status int) {
	t.Helper()
	return output(t, command(program))
}

func command(program string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "TIMELINE_TEST_PROGRAM="+program, "GORACE=atexit_sleep_ms=0")
	return cmd
}

func output(t *testing.T, cmd *exec.Cmd) (stdout, stderr string, status int) {
	t.Helper()
	var out, err bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &err
	defer time.AfterFunc(time.Minute, func() { cmd.Process.Kill() }).Stop()
	var exit *exec.ExitError
	if failed := cmd.Run(); failed != nil && !errors.As(failed, &exit) {
		t.Fatal(failed)
	}
	return out.String(), err.String(), cmd.ProcessState.ExitCode()
}

// contains checks that text holds all parts, in order.
func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	rest := text
	for _, part := range parts {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("%q is missing or out of order in:\n%s", part, text)
			return
		}
		rest = after
	}
}
