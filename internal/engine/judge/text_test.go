package judge

import (
	"errors"
	"fmt"
	"testing"
)

// reminder is an error that says less than what it wraps.
type reminder struct{ error }

func (reminder) Error() string   { return "told before" }
func (r reminder) Unwrap() error { return r.error }

func TestAPanicIsToldByWhoSaysMore(t *testing.T) {
	circle := errors.New("locks: deadlock: a, b")
	for want, value := range map[string]any{
		"boom":                                "boom",
		"locks: deadlock: a, b":               reminder{circle},
		"two panicked: locks: deadlock: a, b": fmt.Errorf("two panicked: %w", circle),
	} {
		if got := textOf(value); got != want {
			t.Errorf("%v says %q, want %q", value, got, want)
		}
	}
}
