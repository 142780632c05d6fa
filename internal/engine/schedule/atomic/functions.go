package atomic

import (
	"sync/atomic"
	"unsafe"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

func LoadInt32(addr *int32) int32            { schedule.Point(0); return atomic.LoadInt32(addr) }
func StoreInt32(addr *int32, val int32)      { schedule.Point(0); atomic.StoreInt32(addr, val) }
func SwapInt32(addr *int32, new int32) int32 { schedule.Point(0); return atomic.SwapInt32(addr, new) }
func CompareAndSwapInt32(addr *int32, old, new int32) bool {
	schedule.Point(0)
	return atomic.CompareAndSwapInt32(addr, old, new)
}
func AddInt32(addr *int32, delta int32) int32 { schedule.Point(0); return atomic.AddInt32(addr, delta) }
func AndInt32(addr *int32, mask int32) int32  { schedule.Point(0); return atomic.AndInt32(addr, mask) }
func OrInt32(addr *int32, mask int32) int32   { schedule.Point(0); return atomic.OrInt32(addr, mask) }

func LoadInt64(addr *int64) int64            { schedule.Point(0); return atomic.LoadInt64(addr) }
func StoreInt64(addr *int64, val int64)      { schedule.Point(0); atomic.StoreInt64(addr, val) }
func SwapInt64(addr *int64, new int64) int64 { schedule.Point(0); return atomic.SwapInt64(addr, new) }
func CompareAndSwapInt64(addr *int64, old, new int64) bool {
	schedule.Point(0)
	return atomic.CompareAndSwapInt64(addr, old, new)
}
func AddInt64(addr *int64, delta int64) int64 { schedule.Point(0); return atomic.AddInt64(addr, delta) }
func AndInt64(addr *int64, mask int64) int64  { schedule.Point(0); return atomic.AndInt64(addr, mask) }
func OrInt64(addr *int64, mask int64) int64   { schedule.Point(0); return atomic.OrInt64(addr, mask) }

func LoadUint32(addr *uint32) uint32       { schedule.Point(0); return atomic.LoadUint32(addr) }
func StoreUint32(addr *uint32, val uint32) { schedule.Point(0); atomic.StoreUint32(addr, val) }
func SwapUint32(addr *uint32, new uint32) uint32 {
	schedule.Point(0)
	return atomic.SwapUint32(addr, new)
}
func CompareAndSwapUint32(addr *uint32, old, new uint32) bool {
	schedule.Point(0)
	return atomic.CompareAndSwapUint32(addr, old, new)
}
func AddUint32(addr *uint32, delta uint32) uint32 {
	schedule.Point(0)
	return atomic.AddUint32(addr, delta)
}
func AndUint32(addr *uint32, mask uint32) uint32 {
	schedule.Point(0)
	return atomic.AndUint32(addr, mask)
}
func OrUint32(addr *uint32, mask uint32) uint32 {
	schedule.Point(0)
	return atomic.OrUint32(addr, mask)
}

func LoadUint64(addr *uint64) uint64       { schedule.Point(0); return atomic.LoadUint64(addr) }
func StoreUint64(addr *uint64, val uint64) { schedule.Point(0); atomic.StoreUint64(addr, val) }
func SwapUint64(addr *uint64, new uint64) uint64 {
	schedule.Point(0)
	return atomic.SwapUint64(addr, new)
}
func CompareAndSwapUint64(addr *uint64, old, new uint64) bool {
	schedule.Point(0)
	return atomic.CompareAndSwapUint64(addr, old, new)
}
func AddUint64(addr *uint64, delta uint64) uint64 {
	schedule.Point(0)
	return atomic.AddUint64(addr, delta)
}
func AndUint64(addr *uint64, mask uint64) uint64 {
	schedule.Point(0)
	return atomic.AndUint64(addr, mask)
}
func OrUint64(addr *uint64, mask uint64) uint64 {
	schedule.Point(0)
	return atomic.OrUint64(addr, mask)
}

func LoadUintptr(addr *uintptr) uintptr       { schedule.Point(0); return atomic.LoadUintptr(addr) }
func StoreUintptr(addr *uintptr, val uintptr) { schedule.Point(0); atomic.StoreUintptr(addr, val) }
func SwapUintptr(addr *uintptr, new uintptr) uintptr {
	schedule.Point(0)
	return atomic.SwapUintptr(addr, new)
}
func CompareAndSwapUintptr(addr *uintptr, old, new uintptr) bool {
	schedule.Point(0)
	return atomic.CompareAndSwapUintptr(addr, old, new)
}
func AddUintptr(addr *uintptr, delta uintptr) uintptr {
	schedule.Point(0)
	return atomic.AddUintptr(addr, delta)
}
func AndUintptr(addr *uintptr, mask uintptr) uintptr {
	schedule.Point(0)
	return atomic.AndUintptr(addr, mask)
}
func OrUintptr(addr *uintptr, mask uintptr) uintptr {
	schedule.Point(0)
	return atomic.OrUintptr(addr, mask)
}

func LoadPointer(addr *unsafe.Pointer) unsafe.Pointer {
	schedule.Point(0)
	return atomic.LoadPointer(addr)
}
func StorePointer(addr *unsafe.Pointer, val unsafe.Pointer) {
	schedule.Point(0)
	atomic.StorePointer(addr, val)
}
func SwapPointer(addr *unsafe.Pointer, new unsafe.Pointer) unsafe.Pointer {
	schedule.Point(0)
	return atomic.SwapPointer(addr, new)
}
func CompareAndSwapPointer(addr *unsafe.Pointer, old, new unsafe.Pointer) bool {
	schedule.Point(0)
	return atomic.CompareAndSwapPointer(addr, old, new)
}
