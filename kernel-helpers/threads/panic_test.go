package threads_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// A panic is told in full once: by whoever waits, or on standard error.
func TestAPanicIsToldOnce(t *testing.T) {
	const second = time.Second
	fails := func() { time.Sleep(second); explode("boom\nand more") }
	for name, c := range map[string]struct {
		wait      func() // for a thread that fails after a second
		onStderr  int    // how many are told there
		reminding bool   // what wait panics with only reminds
	}{
		"nobody waits": {func() {
			<-threads.Go("x", fails).Done()
		}, 1, false},
		"Join waits":        {func() { threads.Go("x", fails).Join() }, 0, false},
		"JoinTimeout waits": {func() { threads.Go("x", fails).JoinTimeout(time.Hour) }, 0, false},
		"Join comes later": {func() {
			x := threads.Go("x", fails)
			<-x.Done()
			x.Join()
		}, 1, true},
		"Join gave up": {func() {
			x := threads.Go("x", fails)
			x.JoinTimeout(second / 2)
			<-x.Done()
		}, 1, false},
		"a timer": {func() { threads.After(second, "x", fails).Join() }, 0, false},
		"Join of a Join": {func() {
			threads.Go("y", func() { threads.Go("x", fails).Join() }).Join()
		}, 0, false},
		"nobody waits for a Join": {func() {
			y := threads.Go("y", func() { threads.Go("x", fails).Join() })
			<-y.Done()
			y.Join()
		}, 1, true},
		"Wait waits for the last": {func() {
			var g threads.Group
			g.Go("other", func() {})
			g.Go("x", fails)
			g.Wait()
		}, 0, false},
		"Wait waits for others": {func() {
			var g threads.Group
			g.Go("other", func() { time.Sleep(time.Hour) })
			g.Go("x", fails)
			g.Wait()
		}, 1, true},
		"Wait gave up": {func() {
			var g threads.Group
			g.Go("x", fails)
			x := threads.Active()[0]
			g.WaitTimeout(second / 2)
			<-x.Done()
		}, 1, false},
		"Wait carries only the first": {func() {
			var g threads.Group
			g.Go("x", fails)
			g.Go("x", func() { time.Sleep(second); fails() })
			g.Wait()
		}, 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var v any
				said := printed(t, &os.Stderr, func() { v = panicOf(c.wait) })
				if got := strings.Count(said, "thread x panicked: boom\nand more\n  at `"); got != c.onStderr {
					t.Errorf("%d of %d panics are told on standard error:\n%s", got, c.onStderr, said)
				}
				if v == nil {
					return
				}
				full, short := "thread x panicked: boom\nand more\n  at ", "thread x panicked, as told before: boom"
				if got := fmt.Sprint(v); c.reminding && got != short || !c.reminding && !strings.HasPrefix(got, full) {
					t.Errorf("panicked with:\n%s", got)
				}
			})
		})
	}
}

// TestAPanicBesideATimeoutIsToldOnce: nobody thinks that another tells.
func TestAPanicBesideATimeoutIsToldOnce(t *testing.T) {
	const rounds = 300
	d := 20 * time.Microsecond
	for name, round := range map[string]func(i int){
		"Join": func(i int) {
			x := threads.After(d, "x", func() { panic("boom") })
			defer func() { <-x.Done() }()
			x.JoinTimeout(d + time.Duration(i%20)*time.Microsecond)
		},
		"Wait": func(i int) {
			var g threads.Group
			ended := make(chan *threads.Thread, 1)
			g.Go("x", func() {
				ended <- threads.Current()
				time.Sleep(d)
				panic("boom")
			})
			defer func() { <-(<-ended).Done() }()
			g.WaitTimeout(d + time.Duration(i%20)*time.Microsecond)
		},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range rounds {
				var v any
				said := printed(t, &os.Stderr, func() { v = panicOf(func() { round(i) }) })
				if (said == "") == (v == nil || strings.Contains(fmt.Sprint(v), "as told before")) {
					t.Fatalf("round %d: told %q, panicked with %v", i, said, v)
				}
			}
		})
	}
}
