//go:build race && amd64

package judge

import (
	"math/bits"
	"math/rand/v2"
	"testing"
)

func TestPopcount(t *testing.T) {
	numbers := []uint64{0, 1, 1 << 63, ^uint64(0)}
	for range 1000 {
		numbers = append(numbers, rand.Uint64()&rand.Uint64(), rand.Uint64()|rand.Uint64())
	}
	for _, x := range numbers {
		if got := popcount(x); got != int64(bits.OnesCount64(x)) {
			t.Fatalf("%#x has %d bits, not %d", x, bits.OnesCount64(x), got)
		}
	}
}
