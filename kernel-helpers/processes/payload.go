package processes

import (
	"fmt"
	"io"
	"reflect"
	"unsafe"
)

// payload turns values of one type into bytes for another process of the same
// program, and back. What is flat (numbers, and arrays and structs of them) is
// copied as it lies in memory; bytes and strings are copied as they are. All else
// travels by gob.
type payload struct {
	of   string // the type
	kind payloadKind
	size uintptr // of a flat value
	gob  gobPayload
	err  error // why values of the type cannot travel
}

type payloadKind int

const (
	payloadGob payloadKind = iota
	payloadFlat
	payloadBytes
	payloadString
)

// newPayload returns the payload for values of the type that a pointer points to, whose
// envelopes zero makes.
//
// Little here is generic, and nothing that is names reflect.Type: what is generic is
// compiled for each type of each program, with the types that it names, and a cell is
// compiled before each of its runs.
func newPayload(pointer any, zero func() any) *payload {
	t := pointedTo(pointer)
	c := carriedType(t)
	p := &payload{of: t.String(), size: t.Size(), err: c.err}
	switch {
	case c.flat:
		p.kind = payloadFlat
	case hasOwnCoding(t):
	case t.Kind() == reflect.String:
		p.kind = payloadString
	case t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 && !hasOwnCoding(t.Elem()):
		p.kind = payloadBytes
	}
	p.gob = gobPayload{t: c, zero: zero}
	return p
}

// isFlat reports whether a value of type t is nothing but its own bytes.
func isFlat(t reflect.Type) bool {
	if hasOwnCoding(t) {
		return false
	}
	switch t.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128:
		return true
	case reflect.Array:
		return isFlat(t.Elem())
	case reflect.Struct:
		for field := range t.Fields() {
			if !isFlat(field.Type) {
				return false
			}
		}
		return true
	}
	return false
}

// encode returns v as bytes, which are valid as long as v is left alone and until
// done is called.
func encode[T any](p *payload, v *T) (data []byte, done func(), err error) {
	if p.kind == payloadGob {
		return p.gob.encode(&envelope[T]{*v})
	}
	return p.bytes(unsafe.Pointer(v)), nothing, nil
}

// bytes are those of a value that does without gob.
func (p *payload) bytes(at unsafe.Pointer) []byte {
	switch p.kind {
	case payloadBytes:
		return *(*[]byte)(at)
	case payloadString:
		text := *(*string)(at)
		return unsafe.Slice(unsafe.StringData(text), len(text))
	}
	return unsafe.Slice((*byte)(at), p.size)
}

func nothing() {}

// refused says that a value could not be encoded, to be put or sent somewhere.
func (p *payload) refused(done string, err error) error {
	return fmt.Errorf("processes: %s cannot be %s: %w", p.of, done, err)
}

// decode makes a value of bytes that encode has made. If lent is false the bytes
// become part of it.
func decode[T any](p *payload, data []byte, lent bool, v *T) error {
	if p.kind != payloadGob {
		return p.fill(unsafe.Pointer(v), data, lent)
	}
	var e envelope[T]
	if err := p.gob.decode(data, &e); err != nil {
		return err
	}
	*v = e.V
	return nil
}

// fill makes a value of what bytes returned.
func (p *payload) fill(at unsafe.Pointer, data []byte, lent bool) error {
	switch p.kind {
	case payloadFlat:
		if uintptr(len(data)) != p.size {
			return fmt.Errorf("it has %d bytes and should have %d: %w", len(data), p.size, io.ErrUnexpectedEOF)
		}
		copy(unsafe.Slice((*byte)(at), p.size), data)
	case payloadBytes:
		if lent {
			data = append([]byte(nil), data...)
		}
		*(*[]byte)(at) = data
	case payloadString:
		if lent {
			*(*string)(at) = string(data)
		} else {
			*(*string)(at) = unsafe.String(unsafe.SliceData(data), len(data))
		}
	}
	return nil
}
