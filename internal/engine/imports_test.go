package engine

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// The linker reads all that is imported, and a learner waits for it each time.
func TestAJudgedProgramImportsNoMoreThanItNeeds(t *testing.T) {
	out, err := exec.Command("go", "list", "-race", "-deps", judgePackage, exercise.Module+"/exercises/page-downloader/checks").Output()
	if err != nil {
		t.Fatal(err)
	}
	imported := strings.Fields(string(out))
	for _, heavy := range []string{"encoding/gob", "go/ast", "golang.org/x/sys/unix", "log", "net", "os/exec", "regexp", "text/template"} {
		if slices.Contains(imported, heavy) {
			t.Errorf("it imports %s, which costs each judgement milliseconds", heavy)
		}
	}
	if !slices.Contains(imported, exercise.Module+"/internal/engine/probe") {
		t.Error("it does not import what checks need: is this still a check's program?")
	}
}
