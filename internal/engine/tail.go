package engine

import (
	"strings"

	kept "github.com/interleave-lab/interleave/internal/engine/tail"
)

type tail = kept.Tail

func newTail(size int) *tail { return kept.New(size) }

// cleanOutput drops the verdict that testing itself prints at the end.
func cleanOutput(s string) string {
	for _, end := range []string{"\x16PASS\n", "\x16FAIL\n", "\x16=== NAME  \n"} {
		s = strings.ReplaceAll(s, end, "")
	}
	return s
}

func join(a, b string) string {
	if len(a)+len(b) > keptOutput {
		return a
	}
	return a + b
}
