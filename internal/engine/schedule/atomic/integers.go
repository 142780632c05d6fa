package atomic

import (
	"sync/atomic"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Int32 is atomic.Int32.
type Int32 struct{ v atomic.Int32 }

func (x *Int32) Load() int32          { schedule.Point(0); return x.v.Load() }
func (x *Int32) Store(val int32)      { schedule.Point(0); x.v.Store(val) }
func (x *Int32) Swap(new int32) int32 { schedule.Point(0); return x.v.Swap(new) }
func (x *Int32) CompareAndSwap(old, new int32) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}
func (x *Int32) Add(delta int32) int32 { schedule.Point(0); return x.v.Add(delta) }
func (x *Int32) And(mask int32) int32  { schedule.Point(0); return x.v.And(mask) }
func (x *Int32) Or(mask int32) int32   { schedule.Point(0); return x.v.Or(mask) }

// Int64 is atomic.Int64.
type Int64 struct{ v atomic.Int64 }

func (x *Int64) Load() int64          { schedule.Point(0); return x.v.Load() }
func (x *Int64) Store(val int64)      { schedule.Point(0); x.v.Store(val) }
func (x *Int64) Swap(new int64) int64 { schedule.Point(0); return x.v.Swap(new) }
func (x *Int64) CompareAndSwap(old, new int64) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}
func (x *Int64) Add(delta int64) int64 { schedule.Point(0); return x.v.Add(delta) }
func (x *Int64) And(mask int64) int64  { schedule.Point(0); return x.v.And(mask) }
func (x *Int64) Or(mask int64) int64   { schedule.Point(0); return x.v.Or(mask) }

// Uint32 is atomic.Uint32.
type Uint32 struct{ v atomic.Uint32 }

func (x *Uint32) Load() uint32           { schedule.Point(0); return x.v.Load() }
func (x *Uint32) Store(val uint32)       { schedule.Point(0); x.v.Store(val) }
func (x *Uint32) Swap(new uint32) uint32 { schedule.Point(0); return x.v.Swap(new) }
func (x *Uint32) CompareAndSwap(old, new uint32) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}
func (x *Uint32) Add(delta uint32) uint32 { schedule.Point(0); return x.v.Add(delta) }
func (x *Uint32) And(mask uint32) uint32  { schedule.Point(0); return x.v.And(mask) }
func (x *Uint32) Or(mask uint32) uint32   { schedule.Point(0); return x.v.Or(mask) }

// Uint64 is atomic.Uint64.
type Uint64 struct{ v atomic.Uint64 }

func (x *Uint64) Load() uint64           { schedule.Point(0); return x.v.Load() }
func (x *Uint64) Store(val uint64)       { schedule.Point(0); x.v.Store(val) }
func (x *Uint64) Swap(new uint64) uint64 { schedule.Point(0); return x.v.Swap(new) }
func (x *Uint64) CompareAndSwap(old, new uint64) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}
func (x *Uint64) Add(delta uint64) uint64 { schedule.Point(0); return x.v.Add(delta) }
func (x *Uint64) And(mask uint64) uint64  { schedule.Point(0); return x.v.And(mask) }
func (x *Uint64) Or(mask uint64) uint64   { schedule.Point(0); return x.v.Or(mask) }

// Uintptr is atomic.Uintptr.
type Uintptr struct{ v atomic.Uintptr }

func (x *Uintptr) Load() uintptr            { schedule.Point(0); return x.v.Load() }
func (x *Uintptr) Store(val uintptr)        { schedule.Point(0); x.v.Store(val) }
func (x *Uintptr) Swap(new uintptr) uintptr { schedule.Point(0); return x.v.Swap(new) }
func (x *Uintptr) CompareAndSwap(old, new uintptr) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}
func (x *Uintptr) Add(delta uintptr) uintptr { schedule.Point(0); return x.v.Add(delta) }
func (x *Uintptr) And(mask uintptr) uintptr  { schedule.Point(0); return x.v.And(mask) }
func (x *Uintptr) Or(mask uintptr) uintptr   { schedule.Point(0); return x.v.Or(mask) }
