package waitfor

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// graph is who waits for what and who holds it: "1 a 2" says that goroutine 1 waits
// for lock a, which 2 holds; "1 a 2,3" that it is held by both. A "?" in front is a
// wait that ends by itself, a "!" a lock that is no proof.
func graph(t *testing.T, edges ...string) (waits []*Wait) {
	t.Cleanup(func() { table.waits = nil })
	for _, edge := range edges {
		var w Wait
		var held string
		rest := strings.TrimLeft(edge, "?!")
		if _, err := fmt.Sscan(rest, &w.Goroutine, &w.Name, &held); err != nil {
			t.Fatal(err)
		}
		var holders []int64
		for id := range strings.SplitSeq(held, ",") {
			holders = append(holders, int64(id[0]-'0'))
		}
		w.Kind, w.Endless = "lock", edge[0] != '?'
		w.Holders = func() ([]int64, bool) { return holders, edge[0] != '!' }
		waits = append(waits, &w)
	}
	return waits
}

func TestTheLastToWaitFindsTheCircle(t *testing.T) {
	for name, c := range map[string]struct {
		edges []string
		want  string // waiters in the circle that the last edge closes
	}{
		"its own":               {[]string{"1 a 1"}, "1"},
		"two":                   {[]string{"1 b 2", "2 a 1"}, "2 1"},
		"three":                 {[]string{"1 b 2", "2 c 3", "3 a 1"}, "3 1 2"},
		"one of two readers":    {[]string{"1 b 2", "2 a 3,1"}, "2 1"},
		"a queue":               {[]string{"1 a 3", "2 a 3"}, ""},
		"a chain":               {[]string{"1 b 2", "2 c 3", "4 a 1"}, ""},
		"beside a circle":       {[]string{"1 b 2", "2 a 1", "3 a 1"}, ""},
		"a timeout opens it":    {[]string{"?1 b 2", "2 a 1"}, ""},
		"a timeout of its own":  {[]string{"1 b 2", "?2 a 1"}, ""},
		"another may unlock it": {[]string{"!1 b 2", "2 a 1"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			waits := graph(t, c.edges...)
			var found []string
			for i, w := range waits {
				circle := w.Begin()
				if i < len(waits)-1 {
					continue
				}
				for _, hold := range circle {
					found = append(found, fmt.Sprint(hold.wait.Goroutine))
				}
			}
			if got := strings.Join(found, " "); got != c.want {
				t.Errorf("found a circle of %q, want %q", got, c.want)
			}
		})
	}
}

// While the last one looks, a lock is handed on: then there was no circle.
func TestACircleThatDoesNotStand(t *testing.T) {
	waits := graph(t, "1 b 2", "2 a 1")
	asked := 0
	waits[0].Holders = func() ([]int64, bool) {
		if asked++; asked > 1 {
			return []int64{3}, true
		}
		return []int64{2}, true
	}
	waits[0].Begin()
	asked = 0
	if circle := waits[1].Begin(); circle != nil {
		t.Errorf("found %v", circle)
	}
}

func TestEdges(t *testing.T) {
	for _, w := range graph(t, "2 b 4,5", "1 a 3") {
		w.Begin()
		defer w.End()
	}
	want := []Edge{
		{Waiter: "main", Lock: "lock a", Holder: "goroutine 3"},
		{Waiter: "goroutine 2", Lock: "lock b", Holder: "goroutine 4"},
		{Waiter: "goroutine 2", Lock: "lock b", Holder: "goroutine 5"},
	}
	got := Edges()
	for i := range got {
		got[i].Line = "" // goroutines 1 and 2 are the test's own
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestTheVariableOfALine(t *testing.T) {
	for line, want := range map[string]string{
		"mu.Lock()":                                "mu",
		"defer account.mu.Lock()":                  "account.mu",
		"forks[i].Lock()":                          "forks[i]",
		"if ok := b.mu.Lock(); ok {":               "b.mu",
		"mu.With(func() { gil.Lock(); f() })":      "gil",
		"lockAll()":                                "",
		"_, err := (&mu).LockContext(ctx)":         "",
		"go func() { theirs.Lock(); ours.Lock() }": "theirs",
	} {
		if got := receiver(line, "Lock"); got != want {
			t.Errorf("receiver(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestTheMethodThatTheReaderCalled(t *testing.T) {
	const pkg = "github.com/interleave-lab/interleave/kernel-helpers/"
	const stack = `goroutine 7 [select]:
runtime.gopark(0x1, {0x2, 0x3})
	/usr/local/go/src/runtime/proc.go:462 +0xce
` + pkg + `locks.(*queue).wait(0x1, {0x2, 0x3})
	/x/queue.go:1 +0x1
` + pkg + `locks.(*Mutex).Lock(...)
	/x/mutex.go:1 +0x1
` + pkg + `locks.(*Mutex).With(0xc000, 0x1)
	/x/mutex.go:2 +0x1
main.(*Bank).Pay(0x1?, {0x2, 0x3})
	/home/reader/bank.go:12 +0x13a
` + pkg + `threads.(*Thread).main(0x1)
	/x/thread.go:2 +0x1
created by ` + pkg + `threads.(*Thread).Start in goroutine 1
	/x/thread.go:3 +0x1
`
	if got := methodIn(stack); got != "With" {
		t.Errorf("got %q, want With", got)
	}
	if id, state := header(stack); id != 7 || state != "select" {
		t.Errorf("goroutine %d is in state %q", id, state)
	}
	if id, state := header("goroutine 12 [chan receive, 2 minutes, locked to thread]:\n"); id != 12 || state != "chan receive" {
		t.Errorf("goroutine %d is in state %q", id, state)
	}
}

func TestWhatAGoroutineRuns(t *testing.T) {
	for stack, want := range map[string]string{
		"goroutine 7 [select]:\nmain.inner(0x1)\n\t/main.go:2 +0x1\nmain.(*Bank).Pay(0x1, {0x2})\n\t/main.go:3 +0x1\ncreated by main.main in goroutine 1\n\t/main.go:4 +0x1": "Bank.Pay",
		"goroutine 7 [select]:\nmain.main.func1()\n\t/main.go:3 +0x1\ncreated by main.main in goroutine 1\n\t/main.go:4 +0x1":                                                "",
		"goroutine 7 [select]:\ntime.Sleep(0x1)\n\t/usr/local/go/src/runtime/time.go:3 +0x1\ncreated by main.main in goroutine 1\n\t/main.go:4 +0x1":                         "",
		"goroutine 7 [running]:": "",
	} {
		if got := firstIn(stack); got != want {
			t.Errorf("got %q, want %q:\n%s", got, want, stack)
		}
	}
	all := places{7: {runs: "pay"}, 1: {runs: "main"}}
	if got := all.name(7) + ", " + all.name(1) + ", " + all.name(8); got != "goroutine 7: pay, main, goroutine 8" {
		t.Error(got)
	}
}
