package display

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
)

// normalize returns value in the types that the kernel's decoder knows: what
// encoding/json decodes to. A type it does not know would end the decoder and
// with it every later output of the cell.
//
// A way through encoding/json would take structs too, and costs every cell that
// shows something 5 ms of linking.
func normalize(value any) (any, error) {
	switch value := value.(type) {
	case string, []byte:
		return value, nil
	}
	if isPlain(value, 0) {
		return value, nil
	}
	plain, err := toPlain(reflect.ValueOf(value), 0)
	if err == nil && plain == nil {
		err = fmt.Errorf("a %T without a value", value)
	}
	return plain, err
}

// isPlain reports whether v is made of what JSON decodes to, so that it can be
// sent as it is.
func isPlain(v any, depth int) bool {
	if depth > deepest {
		return false
	}
	switch v := v.(type) {
	case string, bool:
		return true
	case float64:
		return !math.IsNaN(v) && !math.IsInf(v, 0)
	case map[string]any:
		for _, element := range v {
			if element != nil && !isPlain(element, depth+1) {
				return false
			}
		}
		return v != nil
	case []any:
		for _, element := range v {
			if element != nil && !isPlain(element, depth+1) {
				return false
			}
		}
		return v != nil
	}
	return false
}

// deepest is how many lists and maps may be in each other. A front-end bears no
// more, and what holds itself has no end.
const deepest = 1000

// toPlain returns a copy of v that is made of what JSON decodes to.
func toPlain(v reflect.Value, depth int) (any, error) {
	if depth > deepest {
		return nil, fmt.Errorf("more than %d lists in each other; does one hold itself?", deepest)
	}
	switch v.Kind() {
	case reflect.Invalid: // a nil in an interface
		return nil, nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return float64(v.Int()), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return float64(v.Uint()), nil
	case reflect.Float32, reflect.Float64:
		f := v.Float()
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, fmt.Errorf("unsupported value: %v", f)
		}
		// A float32 in its own digits: 0.1, not 0.10000000149011612.
		return strconv.ParseFloat(strconv.FormatFloat(f, 'g', -1, v.Type().Bits()), 64)
	case reflect.String:
		return v.String(), nil
	case reflect.Interface, reflect.Pointer:
		return toPlain(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		return plainList(v, depth)
	case reflect.Map:
		return plainMap(v, depth)
	}
	return nil, fmt.Errorf("unsupported type: %v; give maps, slices, text and numbers", v.Type())
}

func plainList(v reflect.Value, depth int) (any, error) {
	if v.Kind() == reflect.Slice {
		if v.IsNil() {
			return nil, nil
		}
		if v.Type().Elem().Kind() == reflect.Uint8 {
			// In JSON, bytes would be text in base64, or JSON themselves.
			return nil, fmt.Errorf("unsupported type: %v in JSON; give text, or decode it first", v.Type())
		}
	}
	list := make([]any, v.Len())
	for i := range list {
		element, err := toPlain(v.Index(i), depth+1)
		if err != nil {
			return nil, err
		}
		list[i] = element
	}
	return list, nil
}

func plainMap(v reflect.Value, depth int) (any, error) {
	if v.Type().Key().Kind() != reflect.String {
		return nil, fmt.Errorf("unsupported type: %v; give maps with string keys", v.Type())
	}
	if v.IsNil() {
		return nil, nil
	}
	object := make(map[string]any, v.Len())
	for entries := v.MapRange(); entries.Next(); {
		element, err := toPlain(entries.Value(), depth+1)
		if err != nil {
			return nil, err
		}
		object[entries.Key().String()] = element
	}
	return object, nil
}
