package processes

import (
	"encoding"
	"encoding/gob"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unicode"
	"unsafe"
)

// carried is what is known of a type whose values travel.
type carried struct {
	err    error // why they do not
	hollow bool  // they hold nothing, so that nothing needs to travel
	shared bool  // they may hold what processes share
	flat   bool  // they are nothing but their own bytes
	size   uintptr
}

var carriedTypes sync.Map // reflect.Type -> *carried

// carriedType examines t. It finds what gob would refuse, and what it would drop
// without a word.
func carriedType(t reflect.Type) *carried {
	if known, ok := carriedTypes.Load(t); ok {
		return known.(*carried)
	}
	c := &carried{flat: isFlat(t), size: t.Size(), hollow: t.Kind() == reflect.Struct && t.NumField() == 0}
	if !c.hollow {
		c.err = inspect(t, t.String(), make(map[reflect.Type]bool))
		c.shared = mayHoldShared(t, make(map[reflect.Type]bool))
	}
	carriedTypes.Store(t, c)
	return c
}

// bytesIn returns the bytes of the flat value in an envelope.
func (c *carried) bytesIn(envelope any) []byte {
	return unsafe.Slice((*byte)(reflect.ValueOf(envelope).UnsafePointer()), c.size)
}

var (
	gobEncoder      = reflect.TypeFor[gob.GobEncoder]()
	binaryMarshaler = reflect.TypeFor[encoding.BinaryMarshaler]()
	textMarshaler   = reflect.TypeFor[encoding.TextMarshaler]()
)

// hasOwnCoding reports whether gob asks values of type t how they travel.
func hasOwnCoding(t reflect.Type) bool {
	for _, own := range []reflect.Type{gobEncoder, binaryMarshaler, textMarshaler} {
		if t.Implements(own) || reflect.PointerTo(t).Implements(own) {
			return true
		}
	}
	return false
}

// inspect looks at t, which is found at path.
func inspect(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	if seen[t] {
		return nil
	}
	seen[t] = true
	if hasOwnCoding(t) {
		return nil
	}
	switch t.Kind() {
	case reflect.Chan:
		return fmt.Errorf("%s is a channel, and a channel lives inside one process: use processes.NewQueue", path)
	case reflect.Func:
		return fmt.Errorf("%s is a function: pass the data that it needs, and write the function at package level", path)
	case reflect.UnsafePointer, reflect.Uintptr:
		return fmt.Errorf("%s is an address, and an address means nothing in another process: pass what it points to", path)
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return inspect(t.Elem(), path, seen)
	case reflect.Map:
		if err := inspect(t.Key(), "the key of "+path, seen); err != nil {
			return err
		}
		return inspect(t.Elem(), "the value of "+path, seen)
	case reflect.Struct:
		return inspectStruct(t, path, seen)
	}
	return nil
}

func inspectStruct(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	switch pkg := t.PkgPath(); {
	case pkg == "sync" || pkg == "sync/atomic":
		return fmt.Errorf("%s is a %s, which works inside one process: leave it out, and let processes share a processes.Queue", path, t)
	case t.NumField() == 0:
		return fmt.Errorf("%s is the empty struct, which gob cannot carry: use a bool", path)
	}
	for field := range t.Fields() {
		place := fmt.Sprint("the field ", field.Name, " of ", typeName(t))
		if !field.IsExported() && !field.Anonymous {
			if strings.HasPrefix(field.Type.PkgPath(), "sync") {
				return inspectStruct(field.Type, place, seen)
			}
			return fmt.Errorf("%s is not exported, and only exported fields travel: name it %s", place, exported(field.Name))
		}
		if err := inspect(field.Type, place, seen); err != nil {
			return err
		}
	}
	return nil
}

// typeName says "this struct" where a type has no name.
func typeName(t reflect.Type) string {
	if t.Name() == "" {
		return "a struct"
	}
	return t.String()
}

// exported returns name as an exported one.
func exported(name string) string {
	runes := []rune(strings.TrimLeft(name, "_"))
	if len(runes) == 0 || !unicode.IsLower(runes[0]) {
		return "X" + name
	}
	runes[0] = unicode.ToUpper(runes[0])
	return string(runes)
}
