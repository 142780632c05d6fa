// Package rand stands in the place of math/rand/v2 in a program that runs under a
// schedule (package schedule): what Go draws by itself is drawn from the schedule's
// seed, so that it comes again in a replay. Outside of a run it is Go's.
package rand

import (
	"math/rand/v2"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// What has a source of its own is Go's.
type (
	ChaCha8 = rand.ChaCha8
	PCG     = rand.PCG
	Rand    = rand.Rand
	Source  = rand.Source
	Zipf    = rand.Zipf
)

func New(src Source) *Rand                                     { return rand.New(src) }
func NewChaCha8(seed [32]byte) *ChaCha8                        { return rand.NewChaCha8(seed) }
func NewPCG(seed1, seed2 uint64) *PCG                          { return rand.NewPCG(seed1, seed2) }
func NewZipf(r *Rand, s float64, v float64, imax uint64) *Zipf { return rand.NewZipf(r, s, v, imax) }

type source struct{}

func (source) Uint64() uint64 { return schedule.Random() }

var drawn = rand.New(source{})

func Int() int                           { return drawn.Int() }
func IntN(n int) int                     { return drawn.IntN(n) }
func Int32() int32                       { return drawn.Int32() }
func Int32N(n int32) int32               { return drawn.Int32N(n) }
func Int64() int64                       { return drawn.Int64() }
func Int64N(n int64) int64               { return drawn.Int64N(n) }
func Uint() uint                         { return drawn.Uint() }
func UintN(n uint) uint                  { return drawn.UintN(n) }
func Uint32() uint32                     { return drawn.Uint32() }
func Uint32N(n uint32) uint32            { return drawn.Uint32N(n) }
func Uint64() uint64                     { return drawn.Uint64() }
func Uint64N(n uint64) uint64            { return drawn.Uint64N(n) }
func Float32() float32                   { return drawn.Float32() }
func Float64() float64                   { return drawn.Float64() }
func ExpFloat64() float64                { return drawn.ExpFloat64() }
func NormFloat64() float64               { return drawn.NormFloat64() }
func Perm(n int) []int                   { return drawn.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { drawn.Shuffle(n, swap) }

// N returns a number from 0 to n-1, of any integer type, such as a time.Duration.
func N[Int interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}](n Int) Int {
	if n <= 0 {
		panic("invalid argument to N")
	}
	return Int(drawn.Uint64N(uint64(n)))
}
