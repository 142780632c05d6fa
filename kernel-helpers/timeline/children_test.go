package timeline_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// startChild starts the program "child" as package processes would.
func startChild(t *testing.T) (*events.Child, *exec.Cmd) {
	t.Helper()
	child, ok := events.RecordChild("naps")
	if !ok {
		t.Fatal("no recording runs")
	}
	cmd := command("child")
	cmd.Env = append(cmd.Env, "GODEBUG="+events.ChildEnv)
	cmd.ExtraFiles = []*os.File{child.File()}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	child.Started(cmd.Process.Pid)
	return child, cmd
}

func TestChildIsDrawnWithItsThreads(t *testing.T) {
	pid := 0
	rec := timeline.Record(func() {
		child, cmd := startChild(t)
		pid = cmd.Process.Pid
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
		child.Ended("", 0)
	})
	wellFormed(t, rec)
	process := only(t, rec, timeline.Process)
	if process.Name != fmt.Sprintf("naps (pid %d)", pid) || process.PID != pid || process.CPU <= 0 {
		t.Errorf("process: %+v", process)
	}
	if got, want := names(rec, timeline.Thread), fmt.Sprintf("napper 0 (in pid %d), napper 1 (in pid %[1]d), napper 2 (in pid %[1]d)", pid); got != want {
		t.Errorf("threads: %s, want %s", got, want)
	}
	for _, lane := range rec.Lanes() {
		if lane.Kind == timeline.Thread && (lane.Start < process.Start || lane.End > process.End || total(lane, timeline.Sleeping) < nap*9/10) {
			t.Errorf("%s: %+v does not fit into %v to %v", lane.Name, lane, process.Start, process.End)
		}
	}
	if got := rec.MaxConcurrent(); got < 3 {
		t.Errorf("%d at once, want the three naps at least", got)
	}
	started := rec.Wakes()[0]
	if started.From != 0 || rec.Lanes()[started.To].Name != process.Name || started.At != process.Start {
		t.Errorf("the first arrow is %+v", started)
	}
}

func TestThreadThatStartsAChildKeepsItsLane(t *testing.T) {
	rec := timeline.Record(func() {
		threads.Go("starter", func() {
			child, cmd := startChild(t)
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
			child.Ended("", 0)
		}).Join()
	})
	wellFormed(t, rec)
	if got := names(rec, timeline.Thread); !strings.HasPrefix(got, "starter, napper 0 (in pid ") {
		t.Errorf("threads: %s", got)
	}
	process := only(t, rec, timeline.Process)
	if !slices.ContainsFunc(rec.Wakes(), func(w timeline.Wake) bool {
		return rec.Lanes()[w.From].Name == "starter" && rec.Lanes()[w.To].Name == process.Name && w.What == "starts "+process.Name
	}) {
		t.Errorf("no arrow leads from the thread to its process: %+v", rec.Wakes())
	}
}

func TestKilledChildIsDrawnToItsEnd(t *testing.T) {
	var used time.Duration
	rec := timeline.Record(func() {
		child, cmd := startChild(t)
		time.Sleep(nap / 2)
		cmd.Process.Kill()
		cmd.Wait()
		child.Ended("killed", cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
		used = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		time.Sleep(nap / 2)
	})
	wellFormed(t, rec)
	process := only(t, rec, timeline.Process)
	if process.CPU <= 0 || process.CPU > used || rec.Busy() < process.CPU {
		t.Errorf("it had %v of processor time, the system says %v; busy: %v", process.CPU, used, rec.Busy())
	}
	if process.Status != "killed" || process.End >= rec.Wall() || process.End-process.Start < nap/4 {
		t.Errorf("process: %+v of %v", process, rec.Wall())
	}
}

func TestChildThatRunsOnIsDrawnToTheRecordingsEnd(t *testing.T) {
	var child *events.Child
	var cmd *exec.Cmd
	rec := timeline.Record(func() {
		child, cmd = startChild(t)
		time.Sleep(nap / 2)
	})
	cmd.Process.Kill()
	cmd.Wait()
	child.Ended("killed", 0)
	wellFormed(t, rec)
	if process := only(t, rec, timeline.Process); process.End != rec.Wall() || process.Status != "" {
		t.Errorf("process: %+v of %v", process, rec.Wall())
	}
}
