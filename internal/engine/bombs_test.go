package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
)

// manyTypes makes the compiler instantiate a function for two to the n types.
func manyTypes(n int) string {
	var b strings.Builder
	b.WriteString("type pair[A, B any] struct{ a A; b B }\n\nfunc f0[T any](x T) {}\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "func f%d[T any](x T) { f%d(pair[T, int]{}); f%[2]d(pair[int, T]{}) }\n", i, i-1)
	}
	return b.String()
}

// A program may exhaust the compiler, and nothing else.
func TestACompilerThatIsExhausted(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds of processor time")
	}
	t.Parallel()
	e, _ := exercises(t)
	r := judgeSource(t, e, pageDownloader(t), pages("", "f21(1)\nreturn nil", manyTypes(21)), engine.Public)
	if r.Verdict != engine.CompileError || !strings.Contains(r.Message, "does not come to an end") || r.Points != 0 {
		t.Errorf("judged %s, %v points: %s", r.Verdict, r.Points, r.Message)
	}
}
