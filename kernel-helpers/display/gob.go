package display

import (
	"errors"
	"io"
	"math"
	"math/bits"
)

// This file writes and reads the few messages of the kernel's protocol in gob's
// format by hand. Package encoding/gob would do it too, and costs every cell
// that draws a chart some 8 ms of linking. The format is described in the
// documentation of encoding/gob, with which the tests compare.

// gobWriter appends values in gob's encoding.
type gobWriter []byte

func (w *gobWriter) uint(x uint64) {
	if x < 128 {
		*w = append(*w, byte(x))
		return
	}
	n := (bits.Len64(x) + 7) / 8
	*w = append(*w, byte(-n))
	for n--; n >= 0; n-- {
		*w = append(*w, byte(x>>(8*n)))
	}
}

func (w *gobWriter) int(x int64) {
	if x < 0 {
		w.uint(uint64(^x)<<1 | 1)
	} else {
		w.uint(uint64(x) << 1)
	}
}

func (w *gobWriter) string(s string) {
	w.uint(uint64(len(s)))
	*w = append(*w, s...)
}

// message appends the length of m and m.
func (w *gobWriter) message(m gobWriter) {
	w.uint(uint64(len(m)))
	*w = append(*w, m...)
}

// Numbers of types: gob's own, and those that definitions gives.
const (
	boolID, intID, floatID, bytesID, stringID, anyID = 1, 2, 4, 5, 6, 8

	displayDataID = 65 + iota
	bundleID      // map[mimeType]any
	objectID      // map[string]any
	listID        // []any
	commValueID
)

// any appends an interface value: the name under which the receiver knows the
// type, the type's number, and the value as a message in the message.
func (w *gobWriter) any(v any) {
	var value gobWriter
	single := func() { value = append(value, 0) } // ahead of all but structs
	name, id := "", 0
	switch v := v.(type) {
	case nil:
		w.string("")
		return
	case string:
		name, id = "string", stringID
		single()
		value.string(v)
	case []byte:
		name, id = "[]uint8", bytesID
		single()
		value.string(string(v))
	case bool:
		name, id = "bool", boolID
		single()
		if v {
			value.uint(1)
		} else {
			value.uint(0)
		}
	case float64:
		name, id = "float64", floatID
		single()
		value.uint(bits.ReverseBytes64(math.Float64bits(v)))
	case int:
		name, id = "int", intID
		single()
		value.int(int64(v))
	case map[string]any:
		name, id = "map[string]interface {}", objectID
		single()
		value.object(v)
	case []any:
		name, id = "[]interface {}", listID
		single()
		value.uint(uint64(len(v)))
		for _, element := range v {
			value.any(element)
		}
	case commValue:
		name, id = "github.com/janpfeifer/gonb/gonbui/protocol.CommValue", commValueID
		value.uint(1) // steps to the field Address
		value.string(v.address)
		value.uint(2) // over Request to Value
		value.any(v.value)
		value.uint(0) // end
	}
	w.string(name)
	w.int(int64(id))
	w.message(value)
}

// object appends a map with string keys.
func (w *gobWriter) object(m map[string]any) {
	w.uint(uint64(len(m)))
	for key, element := range m {
		w.string(key)
		w.any(element)
	}
}

// displayData appends a whole message: protocol.DisplayData.
func (w *gobWriter) displayData(b Bundle, id string) {
	var m gobWriter
	m.int(displayDataID)
	m.uint(1) // steps to the field Data
	m.object(b)
	if id != "" {
		m.uint(2) // over Metadata to DisplayID
		m.string(id)
	}
	m.uint(0) // end
	w.message(m)
}

// definitions describes the types to the receiver, ahead of the first message.
func (w *gobWriter) definitions() {
	const sliceKind, structKind, mapKind = 2, 3, 4 // fields of gob's wireType
	define := func(id int64, kind uint64, name string, rest func(*gobWriter)) {
		var m gobWriter
		m.int(-id)
		m.uint(kind)
		m.uint(1) // what all kinds have in common
		m.uint(1)
		m.string(name)
		m.uint(1)
		m.int(id)
		m.uint(0)
		rest(&m)
		m.uint(0)
		m.uint(0)
		w.message(m)
	}
	element := func(id int64) func(*gobWriter) {
		return func(m *gobWriter) { m.uint(1); m.int(id) }
	}
	stringTo := func(id int64) func(*gobWriter) {
		return func(m *gobWriter) { element(stringID)(m); element(id)(m) }
	}
	type field struct {
		name string
		id   int64
	}
	fields := func(fields ...field) func(*gobWriter) {
		return func(m *gobWriter) {
			m.uint(1)
			m.uint(uint64(len(fields)))
			for _, f := range fields {
				m.uint(1)
				m.string(f.name)
				m.uint(1)
				m.int(f.id)
				m.uint(0)
			}
		}
	}
	define(displayDataID, structKind, "DisplayData", fields(field{"Data", bundleID}, field{"Metadata", objectID}, field{"DisplayID", stringID}))
	define(bundleID, mapKind, "map[protocol.MIMEType]interface {}", stringTo(anyID))
	define(objectID, mapKind, "map[string]interface {}", stringTo(anyID))
	define(listID, sliceKind, "[]interface {}", element(anyID))
	define(commValueID, structKind, "CommValue", fields(field{"Address", stringID}, field{"Request", boolID}, field{"Value", anyID}))
}

var errGob = errors.New("the kernel's answer cannot be read")

// readUint reads a number in gob's encoding.
func readUint(r io.ByteReader) (uint64, error) {
	first, err := r.ReadByte()
	if err != nil || first < 128 {
		return uint64(first), err
	}
	n := -int(int8(first))
	if n > 8 {
		return 0, errGob
	}
	var x uint64
	for range n {
		b, err := r.ReadByte()
		if err != nil {
			return 0, err
		}
		x = x<<8 | uint64(b)
	}
	return x, nil
}

// acknowledged returns the number of the sync that a message of the kernel
// acknowledges, or 0 if the message is another: a type's definition, or news of
// a widget.
func acknowledged(message []byte) int {
	var want gobWriter
	want.uint(1) // the field Address
	want.string(syncAck)
	want.uint(2) // the field Value
	want.string("int")
	want.int(intID)
	r := gobReader(message)
	if _, err := readUint(&r); err != nil || len(r) < len(want) || string(r[:len(want)]) != string(want) {
		return 0
	}
	r = r[len(want):]
	for range 2 { // the value's length, and the 0 ahead of it
		if _, err := readUint(&r); err != nil {
			return 0
		}
	}
	x, err := readUint(&r)
	if err != nil {
		return 0
	}
	return int(x >> 1)
}

// gobReader reads bytes off its front.
type gobReader []byte

func (r *gobReader) ReadByte() (byte, error) {
	if len(*r) == 0 {
		return 0, errGob
	}
	b := (*r)[0]
	*r = (*r)[1:]
	return b, nil
}
