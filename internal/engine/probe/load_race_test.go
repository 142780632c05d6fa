//go:build race

package probe

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// A counter that ordered its callers would make unguarded writes look guarded.
func TestLoadHidesNoRace(t *testing.T) {
	for write, want := range map[string]bool{"both": true, "one": false} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), racy+"="+write, "GORACE=atexit_sleep_ms=0")
		out, err := cmd.CombinedOutput()
		if got := err != nil && strings.Contains(string(out), "DATA RACE"); got != want {
			t.Errorf("when %s of two write, a race is seen: %v, want %v\n%s", write, got, want, out)
		}
	}
}
