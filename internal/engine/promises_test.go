package engine_test

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

var everyTier = []sandbox.Tier{sandbox.Namespaces, sandbox.Landlock, sandbox.None}

// reaching is a right answer that prints, once, what it can do. %d is a process, %q a
// file and an address that are not its own.
const reaching = `
	if tried, err := os.OpenFile("tried", os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		tried.Close()
		const process, file, address = %d, %q, %q
		try := func(what string, err error) {
			if err == nil {
				fmt.Println("it can", what)
			}
		}
		_, err := os.ReadFile(file)
		try("read a file", err)
		_, err = os.Stat("/etc/passwd") // the way to which is open to all users
		try("see a file", err)
		try("write a file", os.WriteFile(file, nil, 0o600))
		try("change a mode", os.Chmod(".", 0o755))
		connection, err := net.Dial("tcp", address)
		try("dial", err)
		if err == nil {
			connection.Close()
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		try("listen", err)
		if err == nil {
			listener.Close()
		}
		try("signal a process", syscall.Kill(process, 0))
		_, err = os.ReadFile(fmt.Sprintf("/proc/%%d/environ", process))
		try("look into a process", err)
		_, err = os.ReadFile(fmt.Sprintf("/proc/%%d/cmdline", process))
		try("see a process", err)
		// Without arguments these fail, but not for want of permission.
		for what, number := range map[string]uintptr{"ask for a namespace": syscall.SYS_UNSHARE, "mount": syscall.SYS_MOUNT,
			"ask for keys": syscall.SYS_KEYCTL, "watch the kernel": syscall.SYS_PERF_EVENT_OPEN} {
			if _, _, errno := syscall.RawSyscall6(number, 0, 0, 0, 0, 0, 0); errno != syscall.EPERM {
				fmt.Println("it can", what)
			}
		}
		child, err := os.StartProcess("/proc/self/exe", []string{"x", "-help"}, &os.ProcAttr{})
		try("start itself", err)
		if err == nil {
			child.Wait()
		}
	}
`

// reached says in which tiers each attempt works, and which row of docs/grading.md's
// table says so. Without tiers, whether it works outside of a sandbox is the system's
// choice.
var reached = []struct {
	what  string
	row   string
	tiers []sandbox.Tier
}{
	{"read a file", "no files but its own folder", []sandbox.Tier{sandbox.None}},
	{"see a file", "no files but its own folder", []sandbox.Tier{sandbox.Landlock, sandbox.None}},
	{"write a file", "nothing is changed outside", []sandbox.Tier{sandbox.None}},
	{"change a mode", "nothing is changed outside", []sandbox.Tier{sandbox.None}},
	{"dial", "no network", []sandbox.Tier{sandbox.None}},
	{"listen", "no network", []sandbox.Tier{sandbox.None}},
	{"signal a process", "no signal for", []sandbox.Tier{sandbox.None}},
	{"look into a process", "no signal for", []sandbox.Tier{sandbox.None}},
	{"see a process", "no signal for", []sandbox.Tier{sandbox.Landlock, sandbox.None}},
	{"ask for a namespace", "no namespaces, mounts, tracing, keys, kernel interfaces", nil},
	{"mount", "no namespaces, mounts, tracing, keys, kernel interfaces", nil},
	{"ask for keys", "no namespaces, mounts, tracing, keys, kernel interfaces", nil},
	{"watch the kernel", "no namespaces, mounts, tracing, keys, kernel interfaces", nil},
	{"start itself", "child processes only where the exercise allows them", []sandbox.Tier{sandbox.None}},
}

// What a tier does not promise is so, too: a promise that grew is to be told.
func TestTiersHoldAsMuchAsThePageSays(t *testing.T) {
	t.Parallel()
	inEachTier(t, everyTier, func(t *testing.T, tier sandbox.Tier) {
		file := filepath.Join(t.TempDir(), "of others")
		if err := os.WriteFile(file, []byte("theirs"), 0o644); err != nil {
			t.Fatal(err)
		}
		server, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer server.Close()
		r := unfiltered(t, tier, exercise.Limits{CPUSeconds: 5, WallSeconds: 15, MemoryMB: 200},
			pages(`"fmt"; "net"; "os"; "sync"; "syscall"`, fmt.Sprintf(reaching, os.Getpid(), file, server.Addr())+right, ""))
		if r.Verdict != engine.Passed || r.Sandbox != string(tier) {
			t.Fatalf("judged %s in the sandbox %q: %s", r.Verdict, r.Sandbox, r.Message)
		}
		for _, attempt := range reached {
			if attempt.tiers == nil && tier == sandbox.None {
				continue
			}
			want := slices.Contains(attempt.tiers, tier)
			if got := strings.Contains(r.Output, "it can "+attempt.what+"\n"); got != want {
				t.Errorf("it can %s: %v, and docs/grading.md says %v (%q)", attempt.what, got, want, attempt.row)
			}
		}
	})
}

// The judge and who watches bound each program, whatever confines it.
func TestBoundsHoldInEachTier(t *testing.T) {
	t.Parallel()
	// A file that grows is refused by the system, or seen by who watches: whichever
	// comes first.
	const fillDisk = `
	if large, err := os.Create("large"); err == nil {
		for range 300 {
			if _, err := large.Write(make([]byte, 1<<20)); err != nil {
				panic(err)
			}
		}
	}
`
	const fillMemory = `
	var hog [][]byte
	for {
		part := make([]byte, 1<<20)
		for i := 0; i < len(part); i += 4096 {
			part[i] = 1
		}
		hog = append(hog, part)
	}
`
	const nap = "for {\n\tsyscall.Select(0, nil, nil, nil, &syscall.Timeval{Sec: 60}) // a signal breaks it off\n}"
	const say = `
	if said, err := os.OpenFile("said", os.O_CREATE|os.O_EXCL, 0o600); err == nil { // once
		said.Close()
		for range 10_000 {
			fmt.Println("over and over and over and over and over and over")
		}
	}
`
	inEachTier(t, everyTier, func(t *testing.T, tier sandbox.Tier) {
		for name, c := range map[string]struct {
			imports, body string
			wall          float64
			verdict       engine.Verdict
			says          string // or another
		}{
			"disk":              {`"os"; "sync"`, fillDisk + right, 15, engine.Panic, "file too large|wrote more than"},
			"memory":            {"", fillMemory, 15, engine.Panic, "of memory"},
			"threads":           {"", "wait := make(chan int)\nfor {\n\tgo func() { <-wait }()\n}", 15, engine.Panic, "of memory|threads"},
			"time on the clock": {`"syscall"`, nap, 1, engine.Timeout, ""},
			"processor time":    {"", "for {\n}", 15, engine.Timeout, "without an end"},
			"output":            {`"fmt"; "os"; "sync"`, say + right, 15, engine.Passed, ""},
		} {
			t.Run(name, func(t *testing.T) {
				r := unfiltered(t, tier, exercise.Limits{CPUSeconds: 2, WallSeconds: c.wall, MemoryMB: 200}, pages(c.imports, c.body, ""))
				said := slices.ContainsFunc(strings.Split(c.says, "|"), func(want string) bool { return strings.Contains(r.Message, want) })
				if r.Verdict != c.verdict || !said || r.Sandbox != string(tier) {
					t.Errorf("judged %s in the sandbox %q: %s", r.Verdict, r.Sandbox, r.Message)
				}
				if most := 2 * 64 << 10; len(r.Output) > most {
					t.Errorf("%d bytes of output were kept", len(r.Output))
				}
			})
		}
	})
}

// Each row of the page's table has a test.
func TestEachPromiseHasATest(t *testing.T) {
	shown := []string{ // besides those of reached
		"bounded memory, threads, disk",                     // TestBoundsHoldInEachTier, and sandbox's TestTheWatchEndsAllProcesses
		"bounded addresses, size of a file, processor time", // the same, and sandbox's TestEachTierHolds
		"bounded time on the clock and output",              // the same
	}
	for _, attempt := range reached {
		shown = append(shown, attempt.row)
	}
	page, err := os.ReadFile(filepath.Join(root(t), "docs/grading.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(string(page), "| promised | `namespaces` | `landlock` | `none` |\n| --- | --- | --- | --- |\n")
	if !found {
		t.Fatal("the page has no table of what is promised")
	}
	rows := 0
	for line := range strings.Lines(table) {
		row := regexp.MustCompile(`^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|\n$`).FindStringSubmatch(line)
		if row == nil {
			break
		}
		rows++
		if !slices.ContainsFunc(shown, func(begins string) bool { return strings.HasPrefix(row[1], begins) }) {
			t.Errorf("no test is known for %q", row[1])
		}
	}
	if rows < 9 {
		t.Errorf("the table has %d rows", rows)
	}
}
