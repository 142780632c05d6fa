package check

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Run with this variable, the test below is a check cell.
const asCell = "CHECK_TEST_AS_CELL"

// A cell fails, for nbgrader, if its process does; the kernel adds "exit status 1"
// to the last line.
func TestTheCellFailsUnlessAllPassed(t *testing.T) {
	if os.Getenv(asCell) != "" {
		Exercise("adder")
		os.Exit(0) // testing would print a line
	}
	for verdict, want := range map[string]struct {
		status int
		says   string
	}{
		"passed":      {0, ""},
		"failed":      {1, "Not all checks passed: "},
		"not run yet": {1, "Not all checks passed: "},
	} {
		command(t, `echo '{"reports": [{"verdict": "`+verdict+`", "message": "why", "checks": [{"verdict": "`+verdict+`"}]}]}'`)
		cell := exec.Command(os.Args[0], "-test.run=^TestTheCellFailsUnlessAllPassed$")
		cell.Env = append(os.Environ(), asCell+"=1")
		var out, complaint bytes.Buffer
		cell.Stdout, cell.Stderr = &out, &complaint
		err := cell.Run()
		var exit *exec.ExitError
		if err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
		if got := cell.ProcessState.ExitCode(); got != want.status || complaint.String() != want.says {
			t.Errorf("%s: exit status %d, errors %q; want %d, %q", verdict, got, &complaint, want.status, want.says)
		}
		if !strings.Contains(out.String(), "of 1 public checks passed") {
			t.Errorf("%s: output %q", verdict, &out)
		}
	}
}
