package timeline_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
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
	"deadlock after a live picture": func() {
		read, write, err := os.Pipe()
		if err != nil {
			panic(err)
		}
		defer write.Close()
		read.SetReadDeadline(time.Now().Add(10 * time.Second)) // as for the kernel's answer
		read.SetReadDeadline(time.Time{})
		timeline.Live("live", func() { time.Sleep(nap) })
		timeline.Show("deadlock", func() {
			done := make(chan bool)
			<-done
		})
	},
	"lock held for ever": func() {
		a, held, answers := locks.NewMutex("a"), make(chan bool), make(chan int)
		timeline.Show("lock", func() {
			var group threads.Group
			group.Go("worker 1", func() { a.Lock(); close(held); <-answers })
			group.Go("worker 2", func() { <-held; a.Lock() })
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
	"ends while it is asked": func() { // some of the timers fire while the watchdog has its doubts
		for i := range 12 {
			timeline.Record(func() {
				done := make(chan bool)
				time.AfterFunc(500*time.Millisecond+time.Duration(i)*4*time.Millisecond, func() { close(done) })
				<-done
			})
		}
		fmt.Println("12 recordings ended")
	},
	"ends at many times": func() { // prints how much earlier than they did it saw goroutines end
		var ended [manyEnds]time.Duration
		rec := timeline.Record(func() {
			began := time.Now()
			var group threads.Group
			after := time.Duration(0)
			for i := range ended {
				if after < 2*time.Second {
					after += nap / 5
				} else {
					after += nap * 5 / 2
				}
				wait := time.After(after)
				group.Go(fmt.Sprint("worker ", i), func() {
					<-wait
					ended[i] = time.Since(began)
				})
			}
			group.Wait()
		})
		for i, lane := range rec.Lanes()[1:] {
			fmt.Println((ended[i] - lane.End).Milliseconds())
		}
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
	"silence": func() { // looks like a deadlock until a visitor comes
		visited := make(chan bool)
		door, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		fmt.Println(door.Addr())
		go func() {
			visitor, err := door.Accept()
			if err != nil {
				panic(err)
			}
			visitor.Close()
			close(visited)
		}()
		a := locks.NewMutex("a")
		timeline.Show("silence", func() {
			timeline.Show("within", func() {
				var group threads.Group
				a.Lock()
				group.Go("worker 1", func() { a.With(func() {}) })
				<-visited
				a.Unlock()
				group.Wait()
			})
		})
	},
	"live": func() {
		timeline.ShowLive("live", func() {
			var group threads.Group
			for id := range 3 {
				group.Go(fmt.Sprint("worker ", id), func() { time.Sleep(time.Second) })
			}
			group.Wait()
		})
	},
	"live deadlock": func() {
		timeline.ShowLive("deadlock", func() {
			time.Sleep(3 * nap)
			done := make(chan bool)
			<-done
		})
	},
	"live panic": func() {
		timeline.ShowLive("panic", func() {
			time.Sleep(5 * nap)
			panic("boom")
		})
	},
	"long sleep": func() {
		timeline.Show("sleep", func() {
			var group threads.Group
			group.Go("sleeper", func() { time.Sleep(longWait) })
			group.Wait()
		})
	},
	"slow server": func() {
		server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { time.Sleep(longWait) }))
		timeline.Show("get", func() {
			response, err := http.Get(server.URL)
			if err != nil {
				panic(err)
			}
			response.Body.Close()
		})
	},
	"slow child": func() {
		started, ended := make(chan func()), make(chan bool)
		go func() { // waits in the recording's stead: only the child itself tells that it lives
			wait := <-started
			wait()
			close(ended)
		}()
		timeline.Show("child", func() {
			child, _ := events.RecordChild("naps")
			cmd := command("long nap")
			cmd.Env = append(cmd.Env, "GODEBUG="+events.ChildEnv)
			cmd.ExtraFiles = []*os.File{child.File()}
			end, err := cmd.StdoutPipe()
			if err != nil {
				panic(err)
			}
			if err := cmd.Start(); err != nil {
				panic(err)
			}
			child.Started(cmd.Process.Pid)
			started <- func() {
				io.Copy(io.Discard, end) // not cmd.Wait at once, which keeps a thread busy
				cmd.Wait()
				child.Ended("", 0)
			}
			<-ended
		})
	},
	"long nap": func() {
		defer events.ServeChild(os.NewFile(3, "recording"))()
		threads.Go("napper", func() { time.Sleep(longWait) }).Join()
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

// manyEnds is how many goroutines end at many times: every 20 ms in the beginning, then
// every 250 ms.
const manyEnds = 110

// longWait is longer than a recording may be silent.
const longWait = 6 * time.Second

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
		t.Error(failed)
		return "", failed.Error(), -1
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
