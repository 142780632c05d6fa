package outlook_test

import (
	"os/exec"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/outlook"
)

func TestChildrenThatWait(t *testing.T) {
	if alive, waiting := outlook.Children(); alive != 0 || waiting != 0 {
		t.Fatalf("%d children, of which %d wait, before any was started", alive, waiting)
	}
	start := func(name string, args ...string) {
		cmd := exec.CommandContext(t.Context(), name, args...)
		if _, err := cmd.StdinPipe(); err != nil { // holds it open
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Wait() }) // the context has ended it
	}
	want := func(alive, waiting int) {
		t.Helper()
		var a, w int
		for range 400 { // a program takes a while to come so far
			if a, w = outlook.Children(); a == alive && w == waiting {
				return
			}
			outlook.Nap(5 * time.Millisecond)
		}
		t.Errorf("%d children, of which %d wait; want %d and %d", a, w, alive, waiting)
	}
	start("cat")
	want(1, 1)
	start("sh", "-c", "while :; do :; done")
	want(2, 1)
}
