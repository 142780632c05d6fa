//go:build unix

package events_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// TestMain lets the test's binary be a child, too. Its standard output and input
// are how the test and the child meet.
func TestMain(m *testing.M) {
	if os.Getenv("EVENTS_TEST_CHILD") != "" {
		stop := events.ServeChild(os.NewFile(3, "recording"))
		events.Thread("in the child")
		fmt.Println("ready")
		io.Copy(io.Discard, os.Stdin)
		stop()
		stop()
		return
	}
	goleak.VerifyTestMain(m)
}

// start starts a recorded child and waits until it is ready.
func start(t *testing.T) (c *events.Child, cmd *exec.Cmd, stdin io.Closer) {
	t.Helper()
	c, ok := events.RecordChild("child")
	if !ok {
		t.Fatal("no recording")
	}
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "EVENTS_TEST_CHILD=1", "GODEBUG="+events.ChildEnv)
	cmd.ExtraFiles = []*os.File{c.File()}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c.Started(cmd.Process.Pid)
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Fatal("child says", line, err)
	}
	return c, cmd, in
}

var named = events.Event{Op: events.OpThread, Name: "in the child"}

func TestChildThatEnds(t *testing.T) {
	tape := events.Open()
	c, cmd, stdin := start(t)
	stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	c.Ended("", 0)
	records := finish(tape, time.Minute)
	if len(records) != 1 || records[0].Name != "child" || records[0].PID != cmd.Process.Pid {
		t.Fatalf("records: %+v", records)
	}
	facts := logged(t, records[0].Trace.From(0))
	want := []events.Event{{Op: events.OpBegin}, named, {Op: events.OpEnd}}
	if !slices.Equal(facts, want) {
		t.Errorf("the child told %+v, want %+v", facts, want)
	}
}

func TestChildThatRunsOnIsRecordedToTheEnd(t *testing.T) {
	tape := events.Open()
	c, cmd, stdin := start(t)
	records := finish(tape, time.Minute)
	if facts := logged(t, records[0].Trace.From(0)); !slices.Contains(facts, named) {
		t.Errorf("the child told %+v", facts)
	}
	stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Error("the child suffered from the recording's end:", err)
	}
	c.Ended("", 0)
}

func TestKilledChildLeavesWhatItFlushed(t *testing.T) {
	tape := events.Open()
	c, cmd, _ := start(t)
	for flushed := false; !flushed; time.Sleep(time.Millisecond) {
		data := tape.Children()[0].Trace.From(0)
		flushed = bytes.Contains(data, []byte(named.Name)) && slices.Contains(logged(t, data), named)
	}
	cmd.Process.Kill()
	cmd.Wait()
	c.Ended("killed", 0)
	records := finish(tape, time.Minute)
	if records[0].Status != "killed" {
		t.Errorf("status %q", records[0].Status)
	}
	if facts := logged(t, records[0].Trace.From(0)); !slices.Contains(facts, named) {
		t.Errorf("the child told %+v", facts)
	}
}

func TestChildThatNeverStarts(t *testing.T) {
	tape := events.Open()
	c, _ := events.RecordChild("never")
	c.Ended("no such file", 0)
	records := finish(tape, time.Minute)
	if records[0].PID != 0 || records[0].Status != "no such file" || len(records[0].Trace.From(0)) != 0 {
		t.Errorf("records: %+v", records)
	}
}

func TestChildThatHangsCostsNoMoreThanPatience(t *testing.T) {
	tape := events.Open()
	c, _ := events.RecordChild("hangs") // the other end stays open and silent
	keep, err := dup(c.File())
	if err != nil {
		t.Fatal(err)
	}
	defer keep.Close()
	c.Started(1)
	if records := finish(tape, 10*time.Millisecond); len(records) != 1 {
		t.Errorf("records: %+v", records)
	}
}

func TestChildOfAClosedTapeIsOver(t *testing.T) {
	tape := events.Open()
	c, _ := events.RecordChild("child")
	if c.Over() {
		t.Error("over while the tape is open")
	}
	finish(tape, time.Minute)
	if !c.Over() {
		t.Error("not over when the tape is closed")
	}
	next := events.Open()
	defer finish(next, time.Minute)
	if !c.Over() || len(next.Children()) != 0 {
		t.Error("a child is recorded on the next tape, too")
	}
}

func finish(tape *events.Tape, patience time.Duration) []events.ChildRecord {
	tape.Close()
	return tape.Finish(patience)
}

func dup(f *os.File) (*os.File, error) {
	fd, err := syscall.Dup(int(f.Fd()))
	return os.NewFile(uintptr(fd), f.Name()), err
}
