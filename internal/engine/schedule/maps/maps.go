// Package maps stands in the place of maps in a program that runs under a schedule
// (package schedule): the order of a map's keys comes out of the schedule's seed.
// Outside of a run it is Go's.
package maps

import (
	"iter"
	"maps"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// All iterates over a map's keys and values.
func All[Map ~map[K]V, K comparable, V any](m Map) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for it := schedule.Entries(m); it.Next(); {
			if !yield(it.Key, it.Value) {
				return
			}
		}
	}
}

// Keys iterates over a map's keys.
func Keys[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[K] {
	return func(yield func(K) bool) {
		for it := schedule.Entries(m); it.Next(); {
			if !yield(it.Key) {
				return
			}
		}
	}
}

// Values iterates over a map's values.
func Values[Map ~map[K]V, K comparable, V any](m Map) iter.Seq[V] {
	return func(yield func(V) bool) {
		for it := schedule.Entries(m); it.Next(); {
			if !yield(it.Value) {
				return
			}
		}
	}
}

// DeleteFunc deletes the entries for which del is true.
func DeleteFunc[M ~map[K]V, K comparable, V any](m M, del func(K, V) bool) {
	for k, v := range All(m) {
		if del(k, v) {
			delete(m, k)
		}
	}
}

// What hands no key to anybody is Go's.

func Clone[M ~map[K]V, K comparable, V any](m M) M                         { return maps.Clone(m) }
func Collect[K comparable, V any](seq iter.Seq2[K, V]) map[K]V             { return maps.Collect(seq) }
func Equal[M1, M2 ~map[K]V, K, V comparable](m1 M1, m2 M2) bool            { return maps.Equal(m1, m2) }
func Insert[Map ~map[K]V, K comparable, V any](m Map, seq iter.Seq2[K, V]) { maps.Insert(m, seq) }

func Copy[M1 ~map[K]V, M2 ~map[K]V, K comparable, V any](dst M1, src M2) { maps.Copy(dst, src) }

// EqualFunc reports whether two maps have the same keys, and values for which eq is true.
func EqualFunc[M1 ~map[K]V1, M2 ~map[K]V2, K comparable, V1, V2 any](m1 M1, m2 M2, eq func(V1, V2) bool) bool {
	if len(m1) != len(m2) {
		return false
	}
	for k, v1 := range All(m1) {
		if v2, ok := m2[k]; !ok || !eq(v1, v2) {
			return false
		}
	}
	return true
}
