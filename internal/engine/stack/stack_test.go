package stack

import (
	"reflect"
	"testing"
)

func TestDumps(t *testing.T) {
	for name, c := range map[string]struct {
		dump string
		want []Goroutine
	}{
		"nothing": {"", nil},
		"text around": {"SIGQUIT: quit\n\ngoroutine 1 [running]:\nmain.main()\n\t/a/b.go:7 +0x1d\n\nrax 0x0\nmain.rax()\n\t/a/b.go:9\n", []Goroutine{
			{ID: 1, State: "running", Frames: []Frame{{"main.main", "/a/b.go", 7}}}}},
		"who made it": {"goroutine 18 [chan receive]:\na/b.(*T[...]).Wait(0xc0000b2000, {0x1, 0x2})\n\t/a/b.go:7 +0x1d\ncreated by a/b.Start in goroutine 1\n\t/a/c.go:12 +0x8a\n", []Goroutine{
			{ID: 18, State: "chan receive", Frames: []Frame{{"a/b.(*T[...]).Wait", "/a/b.go", 7}}, Created: &Frame{"a/b.Start", "/a/c.go", 12}}}},
		"virtual time": {"goroutine 7 [sleep (durable), 2 minutes, synctest bubble 3]:\ntime.Sleep(0x5)\n\t/go/time.go:3 +0x1\n", []Goroutine{
			{ID: 7, State: "sleep", Bubble: "3", Durable: true, Frames: []Frame{{"time.Sleep", "/go/time.go", 3}}}}},
		"addresses of a crash": {"goroutine 0 gp=0x5ac2a0 m=0 mp=0x5acd60 [idle]:\nruntime.futex()\n\t/go/s.s:5 +0x23\n", []Goroutine{
			{ID: 0, State: "idle", Frames: []Frame{{"runtime.futex", "/go/s.s", 5}}}}},
		"lines of a cell": {"goroutine 9 [select]:\na/b.Add(...)\n\tcell 7:12\na/b.f.func1()\n\tcell 7:3 +0x2\n", []Goroutine{
			{ID: 9, State: "select", Frames: []Frame{{"a/b.Add", "cell 7", 12}, {"a/b.f.func1", "cell 7", 3}}}}},
		"a loop without a body has no file": {"goroutine 4 [running]:\na/b.Add(0x1)\n\t:0 +0x1d\na/b/checks.TestAdd(0x2)\n\t/a/c.go:5 +0x2\n", []Goroutine{
			{ID: 4, State: "running", Frames: []Frame{{"a/b.Add", "", 0}, {"a/b/checks.TestAdd", "/a/c.go", 5}}}}},
		"a stack that could not be taken": {"goroutine 5 [running]:\n\tgoroutine running on other thread; stack unavailable\ncreated by a/b.Start in goroutine 1\n\t/a/c.go:12 +0x8a\n", []Goroutine{
			{ID: 5, State: "running", Created: &Frame{"a/b.Start", "/a/c.go", 12}}}},
		"two, with Windows line ends": {"goroutine 1 [select (no cases)]:\r\nmain.main()\r\n\t/a/b.go:7 +0x1d\r\n\r\ngoroutine 2 [runnable]:\r\nmain.f()\r\n\t/a/b.go:9 +0x1d\r\n", []Goroutine{
			{ID: 1, State: "select (no cases)", Frames: []Frame{{"main.main", "/a/b.go", 7}}},
			{ID: 2, State: "runnable", Frames: []Frame{{"main.f", "/a/b.go", 9}}}}},
		"cut off": {"goroutine 1 [running]:\nmain.main()\n\t/a/b.go:7 +0x1d\nmain.f(0x", []Goroutine{
			{ID: 1, State: "running", Frames: []Frame{{"main.main", "/a/b.go", 7}}}}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Parse(c.dump); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestWhoIsBlocked(t *testing.T) {
	for state, want := range map[string]bool{
		"chan receive": true, "chan send": true, "chan receive (nil chan)": true, "chan send (nil chan)": true,
		"select": true, "select (no cases)": true, "semacquire": true, "select (scan)": true,
		"sync.Mutex.Lock": true, "sync.RWMutex.RLock": true, "sync.WaitGroup.Wait": true, "sync.Cond.Wait": true,
		"synctest.Run": true, "synctest.Wait": true,
		"running": false, "runnable": false, "syscall": false, "IO wait": false, "sleep": false, "GC assist wait": false, "": false,
	} {
		if g := (Goroutine{State: state}); g.Blocked() != want {
			t.Errorf("%q is blocked: %v, want %v", state, g.Blocked(), want)
		}
	}
	if g := (Goroutine{State: "sleep", Bubble: "1"}); !g.Blocked() {
		t.Error("virtual time does not wait for a clock")
	}
}

func TestCallsWithinAPackage(t *testing.T) {
	g := Goroutine{Frames: []Frame{{"sync.(*Mutex).Lock", "m.go", 1}, {"a/b/c.Get", "c.go", 2}, {"a/b.(*T).Add.func1", "b.go", 3}, {"a/b.Add", "b.go", 4}}}
	if f, ok := g.Within("a/b"); !ok || f.Line != 3 {
		t.Errorf("the innermost call in a/b is %+v, %v", f, ok)
	}
	if f, ok := g.Within("a"); ok {
		t.Errorf("%+v is not of package a", f)
	}
}
