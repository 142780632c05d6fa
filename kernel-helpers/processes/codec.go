package processes

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"io"
	"os"
)

// message is what parent and child send each other.
type message struct {
	kind   kind
	last   bool // a call: none follows, so the child ends after it
	fresh  bool // the body begins a new gob stream
	body   []byte
	files  []*os.File // travel along
	shared []*segment // what files belong to
}

type kind byte

const (
	kindCall       kind = iota + 1 // to the child: an argument
	kindRecord                     // to the child: a file to record into
	kindResult                     // from the child: a result
	kindError                      // the function's error, as text
	kindPanic                      // a panic's value, a zero byte, its stack
	kindGoexit                     // the function called runtime.Goexit
	kindUnreadable                 // the argument could not be decoded: why
	kindUnsendable                 // the result could not be encoded: why
	kindUnknown                    // the child has no such function
	kindLink                       // to the child: two rings for what follows
	kindSocket                     // on a ring: the message is in the socket
)

// headerSize is the length of a message's head: kind, flags, number of files,
// padding, and the length of the body in eight bytes.
const headerSize = 16

const (
	flagLast = 1 << iota
	flagFresh
)

// header returns the head of m.
func (m message) header() (h [headerSize]byte) {
	h[0] = byte(m.kind)
	if m.last {
		h[1] |= flagLast
	}
	if m.fresh {
		h[1] |= flagFresh
	}
	binary.LittleEndian.PutUint32(h[4:], uint32(len(m.files)))
	binary.LittleEndian.PutUint64(h[8:], uint64(len(m.body)))
	return h
}

// parseHeader returns the message that h begins, and how many files and bytes
// belong to it.
func parseHeader(h [headerSize]byte) (m message, files int, size uint64) {
	m = message{kind: kind(h[0]), last: h[1]&flagLast != 0, fresh: h[1]&flagFresh != 0}
	return m, int(binary.LittleEndian.Uint32(h[4:])), binary.LittleEndian.Uint64(h[8:])
}

// envelope lets gob carry what it refuses at the top: nil pointers, interfaces.
type envelope[T any] struct{ V T }

// encoder writes values as one gob stream, which tells each type only once.
type encoder struct {
	body bytes.Buffer
	gob  *gob.Encoder
}

// keepBuffer is the size in bytes above which a buffer is given back after use.
const keepBuffer = 1 << 20

// encode returns a value of type t, in its envelope, as a message that is valid
// until the next call, and as long as the envelope is left alone.
func (e *encoder) encode(t *carried, envelope any) (m message, err error) {
	if t.hollow {
		return message{}, nil
	}
	if t.flat {
		return message{body: t.bytesIn(envelope)}, nil
	}
	if e.body.Reset(); e.body.Cap() > keepBuffer {
		e.body, e.gob = bytes.Buffer{}, nil
	}
	m.fresh = e.gob == nil
	if m.fresh {
		e.gob = gob.NewEncoder(&e.body)
	}
	m.files, m.shared, err = withShared(t, func() error { return e.gob.Encode(envelope) })
	if err != nil {
		e.gob = nil // the stream may have told types that nobody will hear
		return message{}, hint(err)
	}
	m.body = e.body.Bytes()
	return m, nil
}

// decoder reads what an encoder wrote.
type decoder struct {
	body bytes.Reader
	gob  *gob.Decoder
}

// decode reads a value of type t into its envelope, which is empty.
func (d *decoder) decode(t *carried, m message, envelope any) error {
	if t.hollow {
		return nil
	}
	if t.flat {
		if copy(t.bytesIn(envelope), m.body) != int(t.size) {
			return io.ErrUnexpectedEOF
		}
		return nil
	}
	d.body.Reset(m.body)
	if m.fresh || d.gob == nil {
		d.gob = gob.NewDecoder(&d.body)
	}
	err := receiveShared(m.files, func() error { return d.gob.Decode(envelope) })
	return unexpected(err)
}
