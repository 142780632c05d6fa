package engine_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Run with this variable, the test below judges a program that runs for a minute.
const judgeForAMinute = "ENGINE_TEST_JUDGE_FOR_A_MINUTE"

// The judged program must end with who judges it, even if that is killed.
func TestAProgramEndsWithItsJudge(t *testing.T) {
	if os.Getenv(judgeForAMinute) != "" {
		e, _ := exercises(t)
		ex, err := exercise.Load(root(t), "", "page-downloader")
		if err != nil {
			t.Fatal(err)
		}
		ex.Limits = exercise.Limits{CPUSeconds: 60, WallSeconds: 60, MemoryMB: 500}
		judgeSource(t, e, ex, pages("", "for {\n}", ""), engine.Public)
		return
	}
	temp := t.TempDir()
	cmd := exec.Command(os.Args[0], "-test.run=^TestAProgramEndsWithItsJudge$")
	cmd.Env = append(os.Environ(), judgeForAMinute+"=1", "TMPDIR="+temp)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = cmd.Wait()
	}()
	for len(processesOf(temp)) == 0 {
		select {
		case <-ended:
			t.Fatal("the judge has ended, and its program never ran")
		case <-time.After(time.Millisecond):
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-ended
	for deadline := time.Now().Add(20 * time.Second); len(processesOf(temp)) > 0; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the program runs on, although nobody judges it any more")
		}
	}
}

// processesOf returns the commands of processes whose program stands below dir.
func processesOf(dir string) (found []string) {
	var commands []string
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		command, _ := os.ReadFile(file) // nothing if it has ended
		commands = append(commands, string(command))
	}
	if files == nil {
		out, _ := exec.Command("ps", "-A", "-ww", "-o", "args=").Output()
		commands = strings.Split(string(out), "\n")
	}
	for _, command := range commands {
		if strings.HasPrefix(command, dir) {
			found = append(found, command)
		}
	}
	return found
}
