package atomic

import (
	"sync/atomic"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Bool is atomic.Bool.
type Bool struct{ v atomic.Bool }

func (x *Bool) Load() bool         { schedule.Point(0); return x.v.Load() }
func (x *Bool) Store(val bool)     { schedule.Point(0); x.v.Store(val) }
func (x *Bool) Swap(new bool) bool { schedule.Point(0); return x.v.Swap(new) }
func (x *Bool) CompareAndSwap(old, new bool) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}

// Pointer is atomic.Pointer.
type Pointer[T any] struct{ v atomic.Pointer[T] }

func (x *Pointer[T]) Load() *T       { schedule.Point(0); return x.v.Load() }
func (x *Pointer[T]) Store(val *T)   { schedule.Point(0); x.v.Store(val) }
func (x *Pointer[T]) Swap(new *T) *T { schedule.Point(0); return x.v.Swap(new) }
func (x *Pointer[T]) CompareAndSwap(old, new *T) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}

// Value is atomic.Value.
type Value struct{ v atomic.Value }

func (x *Value) Load() any        { schedule.Point(0); return x.v.Load() }
func (x *Value) Store(val any)    { schedule.Point(0); x.v.Store(val) }
func (x *Value) Swap(new any) any { schedule.Point(0); return x.v.Swap(new) }
func (x *Value) CompareAndSwap(old, new any) bool {
	schedule.Point(0)
	return x.v.CompareAndSwap(old, new)
}
