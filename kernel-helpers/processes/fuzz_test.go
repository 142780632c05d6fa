package processes_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// FuzzPayload: bytes from another process are a value or an error, never a panic.
func FuzzPayload(f *testing.F) {
	for _, n := range []int{0, 1, 8, 300} {
		f.Add([]byte(strings.Repeat("x", n)))
	}
	for _, good := range processes.EncodedForTest() {
		f.Add(good)
	}
	f.Fuzz(func(t *testing.T, data []byte) { processes.DecodeForTest(data) })
}
