package processes

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// asleep returns a gate at which a goroutine sleeps, and a channel that is closed when
// it has woken up.
func asleep(t *testing.T, s *segment) (g *gate, woken <-chan struct{}) {
	t.Helper()
	g = &s.gates[0]
	thread, done := make(chan int), make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		seen := g.announce()
		thread <- unix.Gettid()
		sleepOn(g.word, seen, forever)
	}()
	at := fmt.Sprintf("/proc/self/task/%d/syscall", <-thread)
	call := fmt.Sprintf("%d %#x 0x0 ", unix.SYS_FUTEX, uintptr(unsafe.Pointer(g.word)))
	for {
		doing, err := os.ReadFile(at)
		if err != nil {
			t.Skip("this system does not tell what threads wait for:", err)
		}
		if after, ok := strings.CutPrefix(string(doing), call); ok {
			if words := strings.Fields(after); words[1] != "0x0" {
				t.Errorf("it sleeps for a time: %s", doing)
			}
			return g, done
		}
		runtime.Gosched()
	}
}

// A process may be killed after it has taken the sign away that somebody sleeps, and
// before it has woken him. Its parent wakes him.
func TestAWakeThatAKillBrokeOffIsMadeUpFor(t *testing.T) {
	s, err := newSegment("", 1, 64)
	if err != nil {
		t.Fatal(err)
	}
	s.holderBegins()
	g, woken := asleep(t, s)
	if seen := g.word.Load(); !g.word.CompareAndSwap(seen, seen+1) {
		t.Fatal("the word changes by itself")
	}
	s.holderEnds()
	<-woken
}

// Only what a child has handed on can be left by a process of whose end nobody tells.
func TestWhoIsToldSleepsWithoutATimer(t *testing.T) {
	s, err := newSegment("", 1, 64)
	if err != nil {
		t.Fatal(err)
	}
	if s.holderBegins(); s.untold() {
		t.Error("a child's end is told by its parent")
	}
	asChild, err := mapSegment(s.id, s.file.(*os.File), len(s.mem))
	if err != nil {
		t.Fatal(err)
	}
	asChild.inherited = true
	if asChild.untold() {
		t.Error("a child that keeps it leaves nothing")
	}
	if asChild.holderBegins(); !s.untold() {
		t.Error("nobody tells of a child's child, and the parent does not know that there is one")
	}
}
