package measure_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/measure"
)

// brief is enough to see whether a script runs.
var brief = measure.Meter{Rounds: 3, Budget: 20 * time.Second}

func needPython(t *testing.T) {
	if _, err := exec.LookPath("python3"); err != nil {
		t.Skip("Python is not on this machine")
	}
}

func TestPythonsWorkIsTimed(t *testing.T) {
	needPython(t)
	for name, script := range map[string]string{
		"a function":          "import time\ntime.sleep(0.3)\ndef work():\n    time.sleep(0.02)\n",
		"the whole":           "import time\ntime.sleep(0.02)\n",
		"names of the driver": "import time as os\nanswers = asks = code = main = names = path = None\ndef work():\n    print('working')\n    os.sleep(0.02)\n",
		"arguments":           "import sys, time\ndef work():\n    time.sleep(float(sys.argv[1]))\n",
		"threads":             "import threading, time\ndef work():\n    all = [threading.Thread(target=time.sleep, args=(0.02,)) for _ in range(3)]\n    [t.start() for t in all]\n    [t.join() for t in all]\n",
	} {
		t.Run(name, func(t *testing.T) {
			c := brief.Record(measure.Case("Go", func() { time.Sleep(time.Millisecond) }), measure.Python("Python", script, "0.02"))
			if len(c.Timings) != 2 {
				t.Fatal(c.Missing)
			}
			python := c.Timings[1]
			if median := python.Median(); median < 20*time.Millisecond || median > 250*time.Millisecond || len(python.Times) != 3 {
				t.Error(python)
			}
			if !regexp.MustCompile(`^3\.\d+\.\d+\S*, with(out)? the GIL$`).MatchString(python.Note) {
				t.Error(python.Note)
			}
		})
	}
}

func TestPythonsProcessesFindTheScript(t *testing.T) {
	needPython(t)
	for _, method := range []string{"fork", "spawn"} {
		c := brief.Record(measure.Python("Python", `
import multiprocessing, sys
def square(n):
    return n * n
def work():
    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:
        assert pool.map(square, range(5)) == [0, 1, 4, 9, 16]
`, method))
		if len(c.Timings) != 1 || len(c.Timings[0].Times) != 3 {
			t.Error(method, c.Missing)
		}
	}
}

func TestAFailingScriptIsToldAndLeftOut(t *testing.T) {
	needPython(t)
	for script, want := range map[string]string{
		"def work():\n    print('so far')\n    raise ValueError('no luck')\n": "failed: ValueError: no luck",
		"def work(:\n": "failed: SyntaxError: invalid syntax",
		"import sys\ndef work():\n    sys.exit('bye')\n":        "failed: bye",
		"import os\nprint('x' * 9000)\nraise SystemExit('end')": "failed: end",
		"import os\nos._exit(0)":                                "failed",
	} {
		c := brief.Record(measure.Case("Go", func() { time.Sleep(time.Millisecond) }), measure.Python("Python", script))
		if want := "Not compared: Python: the script " + want + "."; len(c.Timings) != 1 || !strings.HasSuffix(c.Finding(), want) {
			t.Errorf("%s\nwant %s", c.Finding(), want)
		}
	}
}

// TestAScriptsOutputIsShownWhenItFails, without what the driver adds to it.
func TestAScriptsOutputIsShownWhenItFails(t *testing.T) {
	needPython(t)
	told := captured(t, &os.Stderr, func() {
		brief.Record(measure.Python("Python", "def work():\n    print('so far')\n    return 1 / 0\n"))
	})
	if strings.Contains(told, "drive") || !strings.HasPrefix(told, "measure: Python: the script failed: ZeroDivisionError: division by zero\nso far\nTraceback (most recent call last):\n  File \"script.py\", line 3, in work\n    return 1 / 0\n") {
		t.Error(told)
	}
}

func TestWithoutPythonTheRestIsCompared(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	c := brief.Record(measure.Case("Go", func() { time.Sleep(time.Millisecond) }), measure.Python("threads", ""))
	if want := "Not compared: threads: Python is not on this machine."; len(c.Timings) != 1 || !strings.HasSuffix(c.Finding(), want) {
		t.Error(c.Finding())
	}
}

// TestPythonLeavesNothing holds for the processes that a script starts, too, and
// the kernel's own pipe is none of a script's business.
func TestPythonLeavesNothing(t *testing.T) {
	needPython(t)
	t.Setenv("GONB_PIPE", "/nowhere")
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	pids := filepath.Join(t.TempDir(), "pids")
	c := brief.Record(measure.Python("Python", `
import os, subprocess, sys
assert "GONB_PIPE" not in os.environ
children = [subprocess.Popen(["sleep", "1000"])]
with open(sys.argv[1], "w") as file:
    print(os.getpid(), children[0].pid, file=file)
def work():
    pass
`, pids))
	if len(c.Missing) > 0 {
		t.Fatal(c.Missing)
	}
	text, _ := os.ReadFile(pids)
	for _, pid := range strings.Fields(string(text)) {
		for range 100 { // a killed process needs a moment to be gone
			if !runs(pid) {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		if runs(pid) {
			t.Error("process", pid, "is left")
		}
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Error("a folder is left:", left)
	}
}

// runs reports whether a process is there and not a zombie.
func runs(pid string) bool {
	out, err := exec.Command("ps", "-o", "stat=", "-p", pid).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(out)), "Z")
}
