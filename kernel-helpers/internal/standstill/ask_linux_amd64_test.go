//go:build linux && amd64

package standstill

import (
	"math"
	"testing"
	"time"
)

func TestHowLongAThreadPolls(t *testing.T) {
	for data, want := range map[string]time.Duration{
		"running\n": 0,
		"202 0xe7598a3b160 0x80 0x0 0x0 0x0 0x0 0xe7598a51e38 0x48c383\n":                  0,
		"281 0x5 0x7fff8bbc327c 0x80 0x1f4 0x0 0x0 0x7fff8bbc31e8 0x40a84e\n":              500 * time.Millisecond,
		"281 0x5 0x7fff8bbc327c 0x80 0xffffffffffffffff 0x0 0x0 0x7fff8bbc31e8 0x40a84e\n": math.MaxInt64,
		"281 0x5 0x7fff8bbc327c 0x80 0xffffffff 0x0 0x0 0x7fff8bbc31e8 0x40a84e\n":         math.MaxInt64,
	} {
		if got, polls := polling(data); got != want || polls != (want > 0) {
			t.Errorf("%q is %v, want %v", data, got, want)
		}
	}
}

func TestWhatAThreadDoes(t *testing.T) {
	for data, want := range map[string]doing{
		"running\n": running,
		"202 0xe7598a3b160 0x80 0x0 0x0 0x0 0x0 0xe7598a51e38 0x48c383\n":                  resting,
		"35 0xe7598a25f00 0x0 0x0 0x0 0xe7598ad63c0 0xa 0xe7598a25f00 0x48bdb7\n":          resting,
		"281 0x5 0x7fff8bbc327c 0x80 0x1f4 0x0 0x0 0x7fff8bbc31e8 0x40a84e\n":              expecting, // 500 ms
		"281 0x5 0x7fff8bbc327c 0x80 0xffffffffffffffff 0x0 0x0 0x7fff8bbc31e8 0x40a84e\n": expecting, // for ever
		"0 0x7 0x18e3b0448000 0x200 0x0 0x0 0x0 0x18e3b03bb9d0 0x40a84e\n":                 expecting, // reads
	} {
		if got := doingIn(data); got != want {
			t.Errorf("%q is %v, want %v", data, got, want)
		}
	}
}
