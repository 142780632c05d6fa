package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Go lists and links what a cell imports each time that the cell is run.
func TestACellWithAChartImportsNoMoreThanItNeeds(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps",
		"github.com/interleave-lab/interleave/kernel-helpers/threads",
		"github.com/interleave-lab/interleave/kernel-helpers/timeline").Output()
	if err != nil {
		t.Fatal(err)
	}
	imported := strings.Fields(string(out))
	for _, heavy := range []string{
		"compress/flate", "encoding/gob", "encoding/json", "image", "log", "net", "os/exec", "text/template",
		"golang.org/x/sys/unix",
		"github.com/interleave-lab/interleave/kernel-helpers/plot",
	} {
		if slices.Contains(imported, heavy) {
			t.Errorf("it imports %s, which costs each such cell milliseconds", heavy)
		}
	}
	if !slices.Contains(imported, "golang.org/x/exp/trace") {
		t.Error("it does not import what it needs: is this still the cell with a chart?")
	}
}

// The linker leaves out a method that nothing calls by an interface; package locks
// alone calls the one that draws a deadlock.
func TestOnlyACellWithLocksLinksHowDeadlocksAreDrawn(t *testing.T) {
	for cell, want := range map[string]bool{
		`timeline.Show("", func() {})`:                            false,
		`timeline.Show("", func() { locks.NewMutex("").Lock() })`: true,
	} {
		program := filepath.Join(t.TempDir(), "cell")
		source := "package main\n"
		for _, name := range []string{"locks", "timeline"} {
			if strings.Contains(cell, name+".") {
				source += `import "github.com/interleave-lab/interleave/kernel-helpers/` + name + `"` + "\n"
			}
		}
		source += "func main() { " + cell + " }\n"
		if err := os.WriteFile(program+".go", []byte(source), 0o644); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("go", "build", "-o", program, program+".go").CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		symbols, err := exec.Command("go", "tool", "nm", program).Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Contains(symbols, []byte("waitgraph.(*graph).layOut")); got != want {
			t.Errorf("%s: linked: %v, want %v", cell, got, want)
		}
	}
}
