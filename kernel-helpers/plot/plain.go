package plot

import (
	"fmt"
	"math"
	"reflect"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// plain returns v in the types that JSON decodes to, as encoding/json would write it:
// by the names in struct tags, without what is empty and may be left out. A number
// that JSON cannot hold becomes "-", ECharts' word for a missing value.
//
// Package encoding/json itself would cost every cell that links this package.
func plain(v reflect.Value, depth int) (any, error) {
	const deepest = 100
	if depth > deepest {
		return nil, fmt.Errorf("more than %d values in each other; does one hold itself?", deepest)
	}
	switch v.Kind() {
	case reflect.Invalid:
		return nil, nil
	case reflect.Bool:
		return v.Bool(), nil
	case reflect.String:
		return v.String(), nil
	case reflect.Float32, reflect.Float64:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return f, nil
		}
		return "-", nil
	case reflect.Interface, reflect.Pointer:
		return plain(v.Elem(), depth+1)
	case reflect.Slice, reflect.Array:
		var elements []any
		for i := range v.Len() {
			element, err := plain(v.Index(i), depth+1)
			if err != nil {
				return nil, err
			}
			elements = append(elements, element)
		}
		return elements, nil
	case reflect.Map:
		return plainMap(v, depth)
	case reflect.Struct:
		fields := drawing.Object{}
		return fields, plainFields(fields, v, depth)
	}
	if v.CanInt() {
		return float64(v.Int()), nil
	}
	if v.CanUint() {
		return float64(v.Uint()), nil
	}
	return nil, fmt.Errorf("a %v, which is no data", v.Type())
}

func plainMap(v reflect.Value, depth int) (any, error) {
	fields := drawing.Object{}
	for entries := v.MapRange(); entries.Next(); {
		value, err := plain(entries.Value(), depth+1)
		if err != nil {
			return nil, err
		}
		fields[fmt.Sprint(entries.Key().Interface())] = value
	}
	return fields, nil
}

func plainFields(fields drawing.Object, v reflect.Value, depth int) error {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		tag := field.Tag.Get("json")
		name, rest, _ := strings.Cut(tag, ",")
		for field.Anonymous && value.Kind() == reflect.Pointer && !value.IsNil() {
			value = value.Elem()
		}
		switch {
		case tag == "-":
			continue
		case field.Anonymous && name == "" && value.Kind() == reflect.Struct:
			if err := plainFields(fields, value, depth+1); err != nil {
				return err
			}
			continue
		case !field.IsExported(), strings.Contains(rest, "omitempty") && isEmpty(value):
			continue
		case name == "":
			name = field.Name
		}
		element, err := plain(value, depth+1)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fields[name] = element
	}
	return nil
}

// isEmpty is what encoding/json leaves out on "omitempty".
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.Array, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}
