package probe

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Run as a child process, the test binary attends a meeting under a label.
const attendAs = "PROBE_TEST_ATTEND_AS"

func TestMain(m *testing.M) {
	if label := os.Getenv(attendAs); label != "" {
		leave := Attend(label)
		fmt.Println(label)
		leave()
		return
	}
	if writers := os.Getenv(racy); writers != "" {
		runRacy(writers == "both")
		return
	}
	flag.Parse()
	// The alarm that go test sets is a timer that the program waits for.
	if err := flag.Set("test.timeout", "0"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// attendInChild starts a process that attends; wait returns when it has ended.
func attendInChild(t *testing.T, label string) (wait func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), attendAs+"="+label, "GORACE=atexit_sleep_ms=0")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

func attendAll(labels ...string) {
	var all sync.WaitGroup
	for _, label := range labels {
		all.Go(func() { Attend(label)() })
	}
	all.Wait()
}

func TestGuestsMeet(t *testing.T) {
	t.Run("goroutines", func(t *testing.T) {
		m := Meet(t, 3)
		attendAll("a", "b", "c")
		if m.Most() != 3 || m.Children() != 0 {
			t.Errorf("%d were there, %d of them children", m.Most(), m.Children())
		}
	})
	t.Run("processes", func(t *testing.T) {
		m := Meet(t, 2)
		for _, wait := range []func(){attendInChild(t, "a"), attendInChild(t, "b")} {
			wait()
		}
		if m.Most() != 2 || m.Children() != 2 {
			t.Errorf("%d were there, %d of them children", m.Most(), m.Children())
		}
	})
	t.Run("more than were asked for", func(t *testing.T) {
		m := Meet(t, 2)
		attendAll("a", "b", "c", "d")
		if m.Most() != 2 {
			t.Errorf("it began with %d guests", m.Most())
		}
	})
	t.Run("without a meeting", func(t *testing.T) { attendAll("a") })
}

// A machine under load lets guests come late. No clock may end the meeting
// before, however late they are, as long as something moves.
func TestAGuestThatComputesIsWaitedFor(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells what threads do")
	}
	m := Meet(t, 2)
	var both sync.WaitGroup
	both.Go(func() { Attend("early")() })
	both.Go(func() {
		for began := time.Now(); time.Since(began) < 1500*time.Millisecond; {
		}
		Attend("late")()
	})
	both.Wait()
	if m.Most() != 2 {
		t.Errorf("it began with %d guests", m.Most())
	}
}

// Who comes one after another is let go on evidence, not when a time is over.
func TestNobodyWaitsForGuestsThatCannotCome(t *testing.T) {
	for name, attend := range map[string]func(label string){
		"goroutines": func(label string) { Attend(label)() },
		"processes":  func(label string) { attendInChild(t, label)() },
	} {
		t.Run(name, func(t *testing.T) {
			m := meet(t, 3, time.Hour)
			for _, label := range []string{"a", "b", "c"} {
				attend(label)
			}
			if m.Most() != 1 {
				t.Errorf("%d were there at once", m.Most())
			}
		})
	}
}

// A guest that is killed while it waits is nobody whom others can meet.
func TestAGuestThatLeftIsNotCounted(t *testing.T) {
	m := meet(t, 2, time.Hour)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), attendAs+"=a")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	waiting := func() int {
		m.mu.Lock()
		defer m.mu.Unlock()
		return len(m.guests)
	}
	for waiting() == 0 && t.Context().Err() == nil {
		time.Sleep(time.Millisecond)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	for waiting() > 0 && t.Context().Err() == nil {
		time.Sleep(time.Millisecond)
	}
	attendAll("b")
	if m.Most() != 1 {
		t.Errorf("%d were there at once", m.Most())
	}
}

func TestLastFirst(t *testing.T) {
	m := Meet(t, 3).LastFirst()
	var mu sync.Mutex // protects left
	var left []string
	var all sync.WaitGroup
	for _, label := range []string{"1", "2", "3"} {
		all.Go(func() {
			leave := Attend(label)
			mu.Lock()
			left = append(left, label)
			mu.Unlock()
			leave()
		})
	}
	all.Wait()
	if !slices.Equal(left, []string{"3", "2", "1"}) || m.Most() != 3 {
		t.Errorf("%s went in this order", strings.Join(left, ", "))
	}
}
