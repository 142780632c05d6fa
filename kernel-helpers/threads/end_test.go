package threads_test

import (
	"fmt"
	"io"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// printed returns what f writes to a file, such as os.Stdout.
func printed(t *testing.T, file **os.File, f func()) string {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	saved := *file
	*file = w
	f()
	*file = saved
	w.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEndWaitsForAllButDaemons(t *testing.T) {
	for _, c := range []struct {
		daemons int
		says    string
	}{
		{0, ""},
		{1, "threads: 1 daemon thread ends with the cell: beat 0\n"},
		{3, "threads: 3 daemon threads end with the cell: beat 0, beat 1, beat 2\n"},
		{20, "threads: 20 daemon threads end with the cell: beat 0, beat 1, beat 2, beat 3, beat 4, beat 5, beat 6, beat 7, beat 8, beat 9, beat 10, beat 11 and 8 more\n"},
	} {
		synctest.Test(t, func(t *testing.T) {
			begin := time.Now()
			for i := range c.daemons {
				threads.Go(fmt.Sprint("beat ", i), func() { time.Sleep(24 * time.Hour) }, threads.Daemon)
			}
			threads.Go("short", func() {
				time.Sleep(time.Minute)
				threads.Go("late", func() { time.Sleep(time.Minute) })
			})
			threads.After(time.Hour, "alarm", func() {})
			fails := threads.Go("fails", func() { panic("seen by nobody") })
			said := printed(t, &os.Stdout, threads.End)
			if said != c.says || time.Since(begin) != time.Hour {
				t.Errorf("after %v: %q, not %q", time.Since(begin), said, c.says)
			}
			panicOf(fails.Join)
			for _, th := range threads.Active() {
				th.Join() // a test ends without them
			}
		})
	}
}

func TestEndInAThreadDoesNotWaitForItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		threads.Go("main of its own", func() { defer threads.End() }).Join()
	})
}

func TestEndOfACellThatPanicsWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		th := threads.Go("long", func() { time.Sleep(time.Hour) })
		got := panicOf(func() {
			defer threads.End()
			explode("boom")
		})
		if got != "boom" || time.Since(begin) != 0 {
			t.Errorf("panicked with %v after %v", got, time.Since(begin))
		}
		th.Join()
	})
}
