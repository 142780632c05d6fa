package main

import (
	"os/exec"
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
