//go:build linux

package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Run with this variable, the test binary is a user without rights.
const asUser = "SANDBOX_TEST_AS_USER"

// The self-test is the test: it tries each bound. Where a system refuses namespaces
// or has no Landlock, it must say so, not hold.
func TestEachTierHolds(t *testing.T) {
	for _, tier := range []Tier{Namespaces, Landlock} {
		t.Run(string(tier), func(t *testing.T) {
			needs(t, tier)
			box, err := Choose(t.Context(), tier)
			if err != nil {
				t.Fatal(err)
			}
			if box.Tier != tier {
				t.Errorf("the tier is %s", box.Tier)
			}
		})
	}
	if os.Getuid() != 0 {
		return
	}
	t.Run("for a user without rights", func(t *testing.T) {
		out, err := testAsUser(t, "^TestEachTierHolds$")
		if err != nil || strings.Contains(out, "no tests to run") {
			t.Errorf("%v\n%s", err, out)
		}
	})
}

// needs skips a test if the system has not what a tier is made of.
func needs(t *testing.T, tier Tier) {
	t.Helper()
	switch tier {
	case Landlock:
		if landlockABI() == 0 {
			t.Skip("the system has no Landlock")
		}
	case Namespaces:
		out, err := exec.Command("unshare", "--user", "--map-root-user", "--mount", "--net", "--ipc", "--pid", "--fork", "--mount-proc", "true").CombinedOutput()
		if err != nil {
			t.Skipf("the system lets this user have no namespaces: %v: %s", err, out)
		}
	}
}

// testAsUser runs tests of this binary as somebody else, for whom the self-test's
// programs are built already: a cache of their own would take half a minute to fill.
func testAsUser(t *testing.T, tests string) (output string, err error) {
	const nobody = 65534
	home, err := os.MkdirTemp("", "sandbox-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	cache := filepath.Join(home, fmt.Sprintf("interleave-%d", nobody))
	if err := os.Mkdir(cache, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, race := range []bool{true, false} {
		probe, err := buildProbe(t.Context(), race)
		if err != nil {
			t.Fatal(err)
		}
		if err := copyProgram(probe, filepath.Join(cache, filepath.Base(probe))); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{home, cache} {
		if err := os.Chown(dir, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("/proc/self/exe", "-test.run="+tests, "-test.v")
	cmd.Dir = home
	cmd.Env = append(os.Environ(), asUser+"=1", "HOME="+home, "TMPDIR="+home, "XDG_CACHE_HOME="+home)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// Were the self-test's attempts such that they fail anyhow, a tier would seem to hold
// that does not.
func TestTheSelfTestNoticesWhatIsOpen(t *testing.T) {
	probe, targets, dir := prepared(t)
	box := &Box{Tier: None}
	o, err := box.run(t.Context(), trial{mode: "bounds", program: probe, limits: Limits{CPU: 5 * time.Second, MemoryMB: 256, DiskMB: 4096}}, filepath.Join(dir, "bounds"), targets)
	if err != nil {
		t.Fatal(err)
	}
	// Some systems let nobody trace who is not its child.
	scope, err := os.ReadFile("/proc/sys/kernel/yama/ptrace_scope")
	tracing := err != nil || strings.TrimSpace(string(scope)) == "0"
	for _, what := range []string{
		"it can read files of others", "it can list folders of others", "it can write into folders of others", "it can change files of others",
		"it can change its files' mode", "it can start processes", "it reaches the network", "it reaches the network by datagrams", "it can open a port",
		"it reaches sockets of others", "it reaches nameless sockets of others", "it can signal processes of others",
		"it can trace processes of others", "it can see the memory of others", "it can ask for a namespace",
		"it can write a large file",
	} {
		if strings.Contains(what, "trace") || strings.Contains(what, "memory of others") {
			if !tracing {
				continue
			}
		}
		if !slices.Contains(o.found, what) {
			t.Errorf("outside of any sandbox it was not found that %s", what)
		}
	}
}

// chosen returns the tier's box, and a probe for it with a folder of its own.
func chosen(t *testing.T, tier Tier) (box *Box, probe, own string) {
	t.Helper()
	needs(t, tier)
	probe, _, dir := prepared(t)
	box, err := Choose(t.Context(), tier)
	if err != nil {
		t.Fatal(err)
	}
	own = filepath.Join(dir, "own")
	if err := os.Mkdir(own, 0o700); err != nil {
		t.Fatal(err)
	}
	return box, probe, own
}

// What the watch ends leaves nothing behind, whatever it has started.
func TestTheWatchEndsAllProcesses(t *testing.T) {
	for _, tier := range []Tier{Namespaces, Landlock, None} {
		t.Run(string(tier), func(t *testing.T) {
			box, probe, own := chosen(t, tier)
			// More than the system would let it have is not what ends it here.
			limits := Limits{CPU: 5 * time.Second, MemoryMB: 1 << 14, DiskMB: 1, Processes: 300}
			cmd, err := box.Command(limits, own, probe, "start")
			if err != nil {
				t.Fatal(err)
			}
			alive, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			defer alive.Close()
			var stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = io.Discard, &stderr
			cmd.WaitDelay = time.Second
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			watched := limits
			watched.Threads = 100
			stopped := box.Watch(t.Context(), nil, cmd.Process.Pid, own, watched)
			_ = cmd.Wait()
			if stopped != Threads {
				t.Errorf("it was stopped for %q: %s", stopped, &stderr)
			}
			if left := session(cmd.Process.Pid); len(left) > 0 {
				t.Errorf("%d processes are left", len(left))
			}
		})
	}
}

// session returns the processes of a session that run.
func session(id int) (pids []int) {
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			if of, err := unix.Getsid(pid); err == nil && of == id && !ended(pid) {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// prepared returns the self-test's program, its targets and a folder for it to run in.
func prepared(t *testing.T) (probe, targets, dir string) {
	t.Helper()
	return preparedIn(t, t.TempDir())
}

func preparedIn(t *testing.T, temp string) (probe, targets, dir string) {
	t.Helper()
	dir, err := filepath.EvalSymlinks(temp)
	if err != nil {
		t.Fatal(err)
	}
	built, err := buildProbe(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	probe = filepath.Join(dir, "probe")
	if err := copyProgram(built, probe); err != nil {
		t.Fatal(err)
	}
	targets, done, err := targetsIn(filepath.Join(dir, "others"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done)
	return probe, targets, dir
}

func TestAProgramThatCannotBeConfinedDoesNotRun(t *testing.T) {
	for _, tier := range []Tier{Namespaces, Landlock} {
		t.Run(string(tier), func(t *testing.T) {
			needs(t, tier)
			dir := t.TempDir()
			box := &Box{Tier: tier}
			cmd, err := box.Command(Limits{CPU: time.Second, DiskMB: 1}, dir, filepath.Join(dir, "missing"))
			if err != nil {
				t.Fatal(err)
			}
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			if err := cmd.Run(); err == nil {
				t.Error("no error")
			}
			if err := NotStarted(cmd.ProcessState, stderr.String()); err == nil || !strings.Contains(err.Error(), "missing") {
				t.Errorf("it is said to have been started: %v", err)
			}
		})
	}
}

func TestATierIsChosenByName(t *testing.T) {
	for name, want := range map[string]Tier{"": "", "auto": "", "namespaces": Namespaces, "landlock": Landlock, "none": None} {
		if got, err := Parse(name); err != nil || got != want {
			t.Errorf("%q is %q, %v", name, got, err)
		}
	}
	if _, err := Parse("docker"); err == nil {
		t.Error("a tier that does not exist was chosen")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if box, err := Choose(ended, ""); err == nil {
		t.Errorf("%s was chosen without a look", box.Tier)
	}
}
