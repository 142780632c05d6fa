// Package rand stands in the place of math/rand in a program that runs under a
// schedule (package schedule): what Go draws by itself is drawn from the schedule's
// seed, so that it comes again in a replay. Outside of a run it is Go's.
package rand

import (
	"math/rand"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// What has a source of its own is Go's.
type (
	Rand     = rand.Rand
	Source   = rand.Source
	Source64 = rand.Source64
	Zipf     = rand.Zipf
)

func New(src Source) *Rand                                     { return rand.New(src) }
func NewSource(seed int64) Source                              { return rand.NewSource(seed) }
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf { return rand.NewZipf(r, s, v, imax) }

type source struct{}

func (source) Uint64() uint64 { return schedule.Random() }
func (source) Int63() int64   { return int64(schedule.Random() >> 1) }
func (source) Seed(int64)     {}

var drawn = rand.New(source{})

func Int() int                           { return drawn.Int() }
func Intn(n int) int                     { return drawn.Intn(n) }
func Int31() int32                       { return drawn.Int31() }
func Int31n(n int32) int32               { return drawn.Int31n(n) }
func Int63() int64                       { return drawn.Int63() }
func Int63n(n int64) int64               { return drawn.Int63n(n) }
func Uint32() uint32                     { return drawn.Uint32() }
func Uint64() uint64                     { return drawn.Uint64() }
func Float32() float32                   { return drawn.Float32() }
func Float64() float64                   { return drawn.Float64() }
func ExpFloat64() float64                { return drawn.ExpFloat64() }
func NormFloat64() float64               { return drawn.NormFloat64() }
func Perm(n int) []int                   { return drawn.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { drawn.Shuffle(n, swap) }

// Seed does nothing, as in Go since 1.24.
func Seed(seed int64) {}

// Read fills p and returns its length and no error.
func Read(p []byte) (n int, err error) {
	for i := range p {
		p[i] = byte(drawn.Uint64())
	}
	return len(p), nil
}
