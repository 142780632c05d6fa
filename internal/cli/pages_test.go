package cli

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The grading page's commands are what teachers type. Those on nbgrader, all in the
// section of that name, are run by deploy/nbgrader/tests.
func TestTheGradingPagesCommandsWork(t *testing.T) {
	if _, err := sandbox.Choose(t.Context(), sandbox.Landlock); err != nil {
		t.Skip("the page chooses a sandbox that is not there: ", err)
	}
	before, section, found := strings.Cut(page(t, "grading.md"), "\n## With nbgrader\n")
	if !found {
		t.Fatal("the page has no section on nbgrader")
	}
	_, after, _ := strings.Cut(section, "\n## ")
	lines := append(commands(before), commands(after)...)
	if len(lines) == 0 {
		t.Fatal("the page has no command of its own")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	clone := cloneOf(t, root)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"bin", "submitted/ann"} {
		if err := os.MkdirAll(filepath.Join(clone, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(self, filepath.Join(clone, "bin/interleave")); err != nil { // as TestMain knows it
		t.Fatal(err)
	}
	right, err := os.ReadFile(filepath.Join(root, "solutions/visit-counter/solution.go"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(clone, "submitted/ann/visit-counter.go"), right, 0o600); err != nil {
		t.Fatal(err)
	}
	// What the page says of the environment, it says in words.
	for _, c := range []struct{ line, variable, tier string }{
		{strings.Join(lines, "\n"), "", "landlock"},
		{"bin/interleave grade submitted/", "none", "none"},
	} {
		cmd := exec.CommandContext(t.Context(), "bash", "-euc", c.line)
		cmd.Dir = clone
		cmd.Env = append(os.Environ(), "INTERLEAVE_ROOT="+clone, sandbox.Variable+"="+c.variable)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", c.line, err, out)
		}
		text, err := os.ReadFile(filepath.Join(clone, "results.json"))
		if err != nil {
			t.Fatal(err)
		}
		var all struct{ Results []result }
		if err := json.Unmarshal(text, &all); err != nil {
			t.Fatal(err)
		}
		if len(all.Results) != 1 || all.Results[0].Verdict != "passed" || !strings.Contains(string(text), `"sandbox": "`+c.tier+`"`) || !strings.Contains(string(out), "Sandbox: "+c.tier+"\n") {
			t.Errorf("%s:\n%s%s", c.line, out, text)
		}
		if err := os.Remove(filepath.Join(clone, "results.journal")); err != nil { // which keeps rows whatever the tier
			t.Fatal(err)
		}
	}
}

// The manifest that the page on writing exercises shows has every key that there is,
// and is one.
func TestTheAuthoringPagesManifest(t *testing.T) {
	text := page(t, "authoring.md")
	block := regexp.MustCompile("(?s)```json\n(.*?)```").FindStringSubmatch(text)
	if block == nil {
		t.Fatal("the page shows no manifest")
	}
	root := t.TempDir()
	dir := filepath.Join(root, "exercises/add-up")
	if err := os.MkdirAll(filepath.Join(dir, "checks"), 0o755); err != nil {
		t.Fatal(err)
	}
	check := "package checks\n\n// TestX: it is so.\nfunc TestX() {}\n"
	for name, text := range map[string]string{"exercise.json": block[1], "checks/checks.go": check} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := exercise.Load(root, "", "add-up"); err != nil {
		t.Error(err)
	}
	for _, kind := range []reflect.Type{reflect.TypeFor[exercise.Manifest](), reflect.TypeFor[exercise.Limits]()} {
		for field := range kind.Fields() {
			if key := field.Tag.Get("json"); !strings.Contains(block[1], `"`+key+`":`) {
				t.Errorf("the page does not show %q", key)
			}
		}
	}
}

// What the page shows of a mutant is the head of one that new exercise writes.
func TestTheAuthoringPagesMutant(t *testing.T) {
	_, section, _ := strings.Cut(page(t, "authoring.md"), "\n## Mutants\n")
	block := regexp.MustCompile("(?s)```go\n(.*?)```").FindStringSubmatch(section)
	if block == nil {
		t.Fatal("the page shows no mutant")
	}
	mutant, err := os.ReadFile("../skeleton/files/solution/mutants/append.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mutant), block[1]) {
		t.Errorf("%s\nis not in\n%s", block[1], mutant)
	}
}
