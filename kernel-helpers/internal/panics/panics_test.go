package panics_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/panics"
)

//go:noinline
func explode() { panic("boom") }

func TestTheReadersLinesAreTold(t *testing.T) {
	defer func() {
		v, stack := recover(), panics.Stack()
		lines := strings.Split(stack, "\n")
		if len(lines) != 3 { // what recovers is the reader's, too, here
			t.Fatalf("%q", lines)
		}
		if !strings.Contains(lines[1], `panic("boom")`) || !strings.HasPrefix(lines[2], "`explode()`") {
			t.Errorf("%q", lines)
		}
		if got, want := panics.Tell("task load", v, stack), "task load panicked: boom, at "+lines[0]; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}()
	explode()
}

func TestWithoutAStackThereIsNoPlace(t *testing.T) {
	if got := panics.Tell("task load", 7, ""); got != "task load panicked: 7" {
		t.Error(got)
	}
}
