package processes

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"io"
	"sync"
)

// gobPayload turns values of one type into bytes by gob, and back.
//
// A gob stream tells each type once, and so is cheap when it goes on and dear when
// it begins anew. But values meet many readers. So each carries, as a preface, what
// its stream began with, and a reader that knows a preface has a stream of its own
// that goes on from there.
type gobPayload struct {
	t    *carried
	zero func() any // an empty envelope

	writers sync.Pool // of *gobWriter
	mu      sync.Mutex
	readers map[string]*sync.Pool // of *gobReader, by preface
}

type gobWriter struct {
	body    bytes.Buffer
	gob     *gob.Encoder
	preface int // the length of what body begins with
}

// encode returns an envelope as bytes that are valid until done is called.
func (p *gobPayload) encode(envelope any) (data []byte, done func(), err error) {
	if p.t.hollow {
		return nil, nothing, nil
	}
	w, _ := p.writers.Get().(*gobWriter)
	if w == nil {
		if w, err = newWriter(p); err != nil {
			return nil, nil, hint(err)
		}
	}
	if err := w.gob.Encode(envelope); err != nil {
		return nil, nil, hint(err) // the stream may have told types that nobody will hear
	}
	return w.body.Bytes(), func() {
		w.body.Truncate(w.preface)
		// What an interface holds is told when it is met, and not in the preface.
		if !p.t.shared && w.body.Cap() <= keepBuffer {
			p.writers.Put(w)
		}
	}, nil
}

// newWriter is not a method, for the reason that startFor is none.
func newWriter(p *gobPayload) (*gobWriter, error) {
	w := new(gobWriter)
	w.gob = gob.NewEncoder(&w.body)
	if p.t.shared {
		w.body.WriteByte(0)
		w.preface = 1
		return w, nil
	}
	if err := w.gob.Encode(p.zero()); err != nil {
		return nil, err
	}
	preface := bytes.Clone(w.body.Bytes())
	w.body.Reset()
	w.body.Write(binary.AppendUvarint(nil, uint64(len(preface))))
	w.body.Write(preface)
	w.preface = w.body.Len()
	return w, nil
}

type gobReader struct {
	body bytes.Reader
	gob  *gob.Decoder
}

// decode reads into an empty envelope what encode wrote.
func (p *gobPayload) decode(data []byte, envelope any) error {
	if p.t.hollow {
		return nil
	}
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return io.ErrUnexpectedEOF
	}
	preface, body := data[n:n+int(size)], data[n+int(size):]
	readers := p.readersOf(preface)
	r, _ := readers.Get().(*gobReader)
	if r == nil {
		r = new(gobReader)
		r.gob = gob.NewDecoder(&r.body)
		if len(preface) > 0 {
			r.body.Reset(preface)
			if err := r.gob.Decode(p.zero()); err != nil {
				return unexpected(err)
			}
		}
	}
	r.body.Reset(body)
	if err := r.gob.Decode(envelope); err != nil {
		return unexpected(err)
	}
	if len(preface) > 0 {
		r.body.Reset(nil)
		readers.Put(r)
	}
	return nil
}

// readersOf returns the readers that know a preface: one for each process that
// sends.
func (p *gobPayload) readersOf(preface []byte) *sync.Pool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if known := p.readers[string(preface)]; known != nil {
		return known
	}
	const many = 256
	if p.readers == nil || len(p.readers) >= many {
		p.readers = make(map[string]*sync.Pool)
	}
	pool := new(sync.Pool)
	p.readers[string(preface)] = pool
	return pool
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
