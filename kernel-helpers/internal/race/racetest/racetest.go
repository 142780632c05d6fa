// Package racetest proves that a helper hides no race from the race detector.
package racetest

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
)

// program is the variable that names the program which the test's own binary is
// to run.
const program = "RACETEST_PROGRAM"

// Found runs each of some programs in a process of its own and fails the test if
// the race detector finds no race there. It is all that the test does, for each
// process runs the test again. Without the race detector the test is skipped.
func Found(t *testing.T, programs map[string]func()) {
	if !race.Enabled {
		t.Skip("there is no race detector")
	}
	if run, ok := programs[os.Getenv(program)]; ok {
		run()
		return
	}
	for name := range programs {
		t.Run(name, func(t *testing.T) {
			root, _, _ := strings.Cut(t.Name(), "/")
			cmd := exec.Command(os.Args[0], "-test.run=^"+root+"$")
			cmd.Env = append(os.Environ(), program+"="+name, "GORACE=atexit_sleep_ms=0")
			out, _ := cmd.CombinedOutput()
			if !strings.Contains(string(out), "DATA RACE") {
				t.Errorf("no race was found:\n%s", out)
			}
		})
	}
}

// Behind calls f behind the race detector's back: what f waits for is no order
// between those who race.
func Behind(f func()) {
	race.Hide()
	defer race.Unhide()
	f()
}
