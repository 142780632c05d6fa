package explore

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// reaching tries what a sandbox keeps from a program, and has a race.
const reaching = `package reaching

import (
	"os"
	"sync"
	"syscall"
	"testing"
)

func TestReach(t *testing.T) {
	_, readErr := os.ReadFile(%[1]q)
	writeErr := os.WriteFile(%[1]q+".new", nil, 0o600)
	fd, netErr := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if netErr == nil {
		syscall.Close(fd)
	}
	t.Logf("read %%v, wrote %%v, socket %%v, secret %%v",
		readErr == nil, writeErr == nil, netErr == nil, os.Getenv("REACHING_SECRET") != "")
	t.Fail()
}

func TestFill(t *testing.T) {
	if os.Getenv("REACHING_SECRET") != "" {
		return // nothing would stop it
	}
	for f, _ := os.Create("big"); ; {
		if _, err := f.Write(make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestRace(t *testing.T) {
	n := 0
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { n++ })
	}
	all.Wait()
}
`

func TestEachTierKeepsWhatItPromises(t *testing.T) {
	t.Setenv("REACHING_SECRET", "a token")
	for _, tier := range []sandbox.Tier{sandbox.None, sandbox.Namespaces, sandbox.Landlock} {
		t.Run(string(tier), func(t *testing.T) {
			var box *sandbox.Box
			can := tier == sandbox.None
			if !can {
				if runtime.GOOS != "linux" {
					t.Skip("there is no sandbox on", runtime.GOOS)
				}
				var err error
				if box, err = sandbox.Choose(t.Context(), tier); err != nil {
					t.Skip(err)
				}
			}
			dir := t.TempDir()
			file := filepath.Join(dir, "secret.txt")
			for name, text := range map[string]string{
				"go.mod": "module example.com/reaching\n\ngo 1.26\n", "secret.txt": "", "reach_test.go": fmt.Sprintf(reaching, file),
			} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			report, err := Explore(t.Context(), Request{Dir: dir, Seeds: 10, Box: box})
			if err != nil {
				t.Fatal(err)
			}
			if report.Sandbox != tier || !strings.Contains(report.Text(), "Sandbox: "+string(tier)+"\n") {
				t.Errorf("it ran in %q:\n%s", report.Sandbox, report.Text())
			}
			if cell := report.Cell(); cell.Sandbox != tier {
				t.Errorf("a cell is told of the sandbox %q", cell.Sandbox)
			}
			results := map[string]Result{}
			for _, r := range report.Results {
				results[r.Name] = r
			}
			if r, want := results["TestReach"], fmt.Sprintf("read %v, wrote %[1]v, socket %[1]v, secret %[1]v", can); !strings.Contains(r.Message, want) {
				t.Errorf("%s: %s; want %s", r.Verdict, r.Message, want)
			}
			if r := results["TestRace"]; r.Verdict != explain.Race || len(r.Steps) == 0 || strings.Contains(r.Replay, "--sandbox "+string(tier)) == can {
				t.Errorf("%s, %d steps, again with %q: %s", r.Verdict, len(r.Steps), r.Replay, r.Message)
			}
			if r := results["TestFill"]; (r.Verdict == explain.Passed) != can {
				t.Errorf("the disk: %s: %s", r.Verdict, r.Message)
			}
		})
	}
}
