package schedule

import (
	"cmp"
	"reflect"
	"slices"
	"sort"
)

// Iterator goes through a map in the place of a range clause: over what the map held
// when the loop began and holds still, in an order out of the schedule's seed. Go leaves
// open whether an entry that is added meanwhile is visited; here the seed says of those
// that are there in the end which are.
type Iterator[K comparable, V any] struct {
	Key   K // of the current entry
	Value V

	of    map[K]V
	keys  []K // in the order in which they are visited
	next  int // of keys
	grown bool
	// odd holds entries whose keys equal nothing, such as NaN: none can be looked up.
	odd []entry[K, V]
}

type entry[K, V any] struct {
	key   K
	value V
}

// Entries returns an iterator before a map's first entry. What it reads of the map is
// seen by the race detector.
func Entries[M ~map[K]V, K comparable, V any](m M) *Iterator[K, V] {
	it := &Iterator[K, V]{of: m, keys: make([]K, 0, len(m))}
	for k := range m {
		if k == k { //nolint:staticcheck // which is what is asked
			it.keys = append(it.keys, k)
		}
	}
	if len(it.keys) < len(m) {
		for k, v := range m {
			if k != k { //nolint:staticcheck // the same
				it.odd = append(it.odd, entry[K, V]{k, v})
			}
		}
	}
	Shuffle(it.keys)
	return it
}

// Shared is Entries for a loop whose rounds share their variables, which it makes.
func Shared[M ~map[K]V, K comparable, V any](m M) (it *Iterator[K, V], key K, value V) {
	return Entries(m), key, value
}

// Next goes to the next entry, and reports whether there is one.
func (it *Iterator[K, V]) Next() bool {
	for {
		for it.next < len(it.keys) {
			it.Key = it.keys[it.next]
			it.next++
			var ok bool
			if it.Value, ok = it.of[it.Key]; ok {
				return true
			}
		}
		if it.grown {
			break
		}
		it.grown = true
		it.grow()
	}
	if len(it.odd) == 0 || len(it.of) == 0 { // only clear deletes those
		return false
	}
	it.Key, it.Value = it.odd[0].key, it.odd[0].value
	it.odd = it.odd[1:]
	return true
}

// grow lets some of the entries be visited that were added since the loop began: once,
// so that a loop which adds one in each round ends.
func (it *Iterator[K, V]) grow() {
	had := 0
	for _, k := range it.keys {
		if _, ok := it.of[k]; ok {
			had++
		}
	}
	if had == len(it.of) {
		return
	}
	known := make(map[K]bool, len(it.keys))
	for _, k := range it.keys {
		known[k] = true
	}
	var added []K
	for k := range it.of {
		if k == k && !known[k] { //nolint:staticcheck // as above
			added = append(added, k)
		}
	}
	if len(added) > 0 {
		Shuffle(added)
		it.keys = append(it.keys, added[:Random()%uint64(len(added)+1)]...)
	}
}

// Shuffle puts keys into an order that depends on the seed and not on the order in which
// they come. Outside of a run they stay as they are. Of two pointers or channels the
// address decides, which most often, and not always, says which was made first.
func Shuffle[K comparable](keys []K) {
	if r, _ := ours(); r == nil || len(keys) < 2 {
		return
	}
	inOrder(keys)
	x := Random()
	for i := len(keys) - 1; i > 0; i-- {
		x = mix(x)
		j := x % uint64(i+1)
		keys[i], keys[j] = keys[j], keys[i]
	}
}

// inOrder sorts a slice of keys. It is not generic, or every program that goes through a
// map would have sorting compiled for it, which takes longer than all its own code.
func inOrder(keys any) {
	switch keys := keys.(type) {
	case []string:
		slices.Sort(keys)
	case []int:
		slices.Sort(keys)
	default:
		all := reflect.ValueOf(keys)
		sort.Slice(keys, func(i, j int) bool { return compare(all.Index(i), all.Index(j)) < 0 })
	}
}

// compare orders two values of a type that keys may have.
func compare(a, b reflect.Value) int {
	switch a.Kind() {
	case reflect.Bool:
		if a.Bool() == b.Bool() {
			return 0
		} else if b.Bool() {
			return -1
		}
		return 1
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return cmp.Compare(a.Int(), b.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return cmp.Compare(a.Uint(), b.Uint())
	case reflect.Float32, reflect.Float64:
		return cmp.Compare(a.Float(), b.Float())
	case reflect.Complex64, reflect.Complex128:
		return cmp.Or(cmp.Compare(real(a.Complex()), real(b.Complex())), cmp.Compare(imag(a.Complex()), imag(b.Complex())))
	case reflect.String:
		return cmp.Compare(a.String(), b.String())
	case reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
		return cmp.Compare(a.Pointer(), b.Pointer())
	case reflect.Struct:
		for i := range a.NumField() {
			if c := compare(a.Field(i), b.Field(i)); c != 0 {
				return c
			}
		}
	case reflect.Array:
		for i := range a.Len() {
			if c := compare(a.Index(i), b.Index(i)); c != 0 {
				return c
			}
		}
	case reflect.Interface:
		if a.IsNil() || b.IsNil() || a.Elem().Type() != b.Elem().Type() {
			return cmp.Compare(typeOf(a), typeOf(b))
		}
		return compare(a.Elem(), b.Elem())
	}
	return 0
}

// typeOf names the type of what an interface holds.
func typeOf(v reflect.Value) string {
	if v.IsNil() {
		return ""
	}
	return v.Elem().Type().PkgPath() + " " + v.Elem().Type().String()
}
