package cli

import (
	"os/exec"
	"strings"
	"testing"
)

// Linking the judge limits the process: the size of files, how many may be open.
// JupyterLab and every cell would inherit that from the command.
func TestTheCommandDoesNotLinkTheJudge(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "github.com/interleave-lab/interleave/cmd/interleave").Output()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(out), "/internal/engine/judge\n") {
		t.Error("cmd/interleave links internal/engine/judge")
	}
}
