package outlook

import (
	"flag"
	"io"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// The alarm that go test sets is a timer that something waits for.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.timeout", "0"); err != nil {
		panic(err)
	}
	// As in programs that are judged: Go's scavenger, which has timers, begins with the
	// first collection, and looks leave garbage.
	debug.SetGCPercent(-1)
	os.Exit(m.Run())
}

func TestWhatAThreadWaitsFor(t *testing.T) {
	words := func(number int, arguments string) string { return strconv.Itoa(number) + " " + arguments }
	for doing, want := range map[string]bool{
		"running\n":       false,
		"":                false,
		"-1 0x0 0x0\n":    true,  // has ended
		"-1 0x7ffc 0x4\n": false, // waits for a page of memory, or for a processor
		words(syscall.SYS_FUTEX, "0xc000 0x80 0x0 0x0 0x0 0x0 0x7f 0x48"):                   true,
		words(syscall.SYS_NANOSLEEP, "0xc000 0x0 0x0 0x0 0x0 0xa 0x7f 0x48"):                true,
		words(syscall.SYS_EPOLL_PWAIT, "0x5 0x7f 0x80 0xffffffffffffffff 0x0 0x0 0x7f 0x4"): true,
		words(syscall.SYS_EPOLL_PWAIT, "0x5 0x7f 0x80 0xffffffff 0x0 0x0 0x7f 0x4"):         true,
		words(syscall.SYS_EPOLL_PWAIT, "0x5 0x7f 0x80 0x1f4 0x0 0x0 0x7f 0x4"):              false, // for 500 ms
		words(syscall.SYS_EPOLL_PWAIT, "0x5 0x7f 0x80 0x0 0x0 0x0 0x7f 0x4"):                false, // only looks
		words(syscall.SYS_EPOLL_PWAIT, "0x5"):                                               false,
		words(syscall.SYS_READ, "0x7 0x18e 0x200 0x0 0x0 0x0 0x18 0x40"):                    true,
		words(syscall.SYS_FSYNC, "0x7 0x18e 0x200 0x0 0x0 0x0 0x18 0x40"):                   false,
	} {
		if got := rests(doing); got != want {
			t.Errorf("%q rests: %v, want %v", doing, got, want)
		}
	}
}

func TestAskingHere(t *testing.T) {
	if _, answer := new(looker).look(); answer == Unknown {
		t.Skip("this system does not tell what threads wait for")
	}
	if got := Ask(12, time.Minute, nil); got != Still {
		t.Errorf("nothing happens, and the answer is %v", got)
	}
	t.Run("a timer", func(t *testing.T) {
		timer := time.NewTimer(time.Minute)
		done := make(chan bool)
		go func() {
			<-timer.C
			close(done)
		}()
		if got := Ask(12, 300*time.Millisecond, nil); got != Moving {
			t.Errorf("a goroutine waits for a timer, and the answer is %v", got)
		}
		timer.Reset(0) // one that was stopped would be kept until it would have fired
		<-done
	})
	t.Run("a loop", func(t *testing.T) {
		var stop atomic.Bool
		defer stop.Store(true)
		go func() {
			for !stop.Load() {
			}
		}()
		if got := Ask(12, 300*time.Millisecond, nil); got != Moving {
			t.Errorf("a goroutine computes, and the answer is %v", got)
		}
	})
}

// Who asks means to act on it, so whoever would give up must wait for that.
func TestAskingLast(t *testing.T) {
	if _, answer := new(looker).look(); answer == Unknown {
		t.Skip("this system does not tell what threads wait for")
	}
	still := func() bool { // on a busy machine it may need more looks than it has
		for range 100 {
			if AskLast(12) == Still {
				return true
			}
		}
		return false
	}
	if !still() {
		t.Error("nothing happens, and something is said to move")
	}
	stop, asks := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(asks)
		Ask(1<<30, time.Hour, stop)
	}()
	for asking.Load() == 0 {
		Nap(time.Millisecond)
	}
	if got := AskLast(12); got != Moving {
		t.Errorf("another asks, and the answer is %v", got)
	}
	close(stop)
	<-asks
	if !still() {
		t.Error("nobody else asks any more, and something is said to move")
	}
}

func TestWhetherAThreadIsAsleep(t *testing.T) {
	for state, want := range map[string]bool{"S (sleeping)": true, "Z (zombie)": true, "D (disk sleep)": false, "R (running)": false, "T (stopped)": false} {
		if got := asleep("Name:\tS\nState:\t" + state + "\nTgid:\t1\n"); got != want {
			t.Errorf("%s is asleep: %v", state, got)
		}
	}
}

func TestAskingAboutChildren(t *testing.T) {
	if _, answer := new(looker).look(); answer == Unknown {
		t.Skip("this system does not tell what threads wait for")
	}
	for name, c := range map[string]struct {
		command []string
		want    Answer
	}{
		"one that waits for us":    {[]string{"cat"}, Still},
		"one that sleeps":          {[]string{"sleep", "60"}, Moving},
		"one that computes":        {[]string{"sh", "-c", "while :; do :; done"}, Moving},
		"one whose child computes": {[]string{"sh", "-c", "(while :; do :; done) & read line; kill $!"}, Moving},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(c.command[0], c.command[1:]...)
			in, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			patience := 300 * time.Millisecond
			if c.want == Still {
				patience = time.Minute // it takes as long as the machine is busy
			}
			got := Ask(12, patience, nil)
			_, _ = io.WriteString(in, "end\n")
			in.Close()
			if name != "one whose child computes" {
				_ = cmd.Process.Kill()
			}
			_ = cmd.Wait()
			if got != c.want {
				t.Errorf("the answer is %v, want %v", got, c.want)
			}
		})
	}
}
