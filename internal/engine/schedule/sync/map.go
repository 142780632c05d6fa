package sync

import (
	real "sync"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// Map is sync.Map. The order in which Range visits its keys is the schedule's choice.
type Map struct{ m real.Map }

// Load returns the value of a key, and whether there is one.
func (m *Map) Load(key any) (value any, ok bool) {
	schedule.Point(0)
	return m.m.Load(key)
}

// Store sets the value of a key.
func (m *Map) Store(key, value any) {
	schedule.Point(0)
	m.m.Store(key, value)
}

// LoadOrStore returns the value of a key; if there is none it sets it before.
func (m *Map) LoadOrStore(key, value any) (actual any, loaded bool) {
	schedule.Point(0)
	return m.m.LoadOrStore(key, value)
}

// LoadAndDelete deletes a key and returns the value that it had.
func (m *Map) LoadAndDelete(key any) (value any, loaded bool) {
	schedule.Point(0)
	return m.m.LoadAndDelete(key)
}

// Delete deletes a key.
func (m *Map) Delete(key any) {
	schedule.Point(0)
	m.m.Delete(key)
}

// Swap sets the value of a key and returns the one that it had.
func (m *Map) Swap(key, value any) (previous any, loaded bool) {
	schedule.Point(0)
	return m.m.Swap(key, value)
}

// CompareAndSwap sets the value of a key if it is old, which must be comparable.
func (m *Map) CompareAndSwap(key, old, new any) (swapped bool) {
	schedule.Point(0)
	return m.m.CompareAndSwap(key, old, new)
}

// CompareAndDelete deletes a key if its value is old, which must be comparable.
func (m *Map) CompareAndDelete(key, old any) (deleted bool) {
	schedule.Point(0)
	return m.m.CompareAndDelete(key, old)
}

// Range calls f for each key until it returns false.
func (m *Map) Range(f func(key, value any) bool) {
	schedule.Point(0)
	var keys []any
	m.m.Range(func(key, _ any) bool {
		keys = append(keys, key)
		return true
	})
	schedule.Shuffle(keys)
	for _, key := range keys {
		if value, ok := m.m.Load(key); ok && !f(key, value) {
			return
		}
	}
}

// Clear deletes all keys.
func (m *Map) Clear() {
	schedule.Point(0)
	m.m.Clear()
}
