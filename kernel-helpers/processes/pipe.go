package processes

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// End is one of the two ends of a pipe, which carries values both ways. It is made
// by [NewPipe], and is an ordinary argument of a process.
//
// An end belongs to one process: the one that made the pipe, until it passes the
// end to another. When that process ends, however it ends, the other side reads
// what is still under way and then io.EOF.
type End[T any] struct{ end *end }

// end is an End without its type.
type end struct {
	in, out object
	bound   int
	payload *lazyPayload
	gone    atomic.Pointer[string] // why this end cannot be used here any more

	other *end // where the segments are made
}

// NewPipe returns the two ends of a pipe that holds up to n values each way, 1 to
// 65,536. It may be called anywhere; it takes nothing from the system until it is
// used. A mistake (another n, a type that gob cannot carry) is the error of Send and
// Recv.
func NewPipe[T any](n int) (a, b *End[T]) {
	left, right := newPipe(n, payloadOf[T]())
	return &End[T]{left}, &End[T]{right}
}

func newPipe(n int, p *lazyPayload) (a, b *end) {
	a, b = &end{bound: n, payload: p}, &end{bound: n, payload: p}
	a.other, b.other = b, a
	for _, o := range []*object{&a.in, &a.out, &b.in, &b.out} {
		o.declare("pipe's end", "")
		o.lane.Kind = pipeKind
	}
	return a, b
}

// pipeKind is what a recording calls both directions.
const pipeKind = "pipe"

// Send sends v, of which only exported fields travel, to the other end. While the
// pipe is full it waits, until ctx is done, and then returns context.Cause(ctx). The
// error is io.ErrClosedPipe, as errors.Is finds it, when nobody can read any more,
// and when this end was closed or passed to a process. Other errors are as for
// [Queue.Put].
func (e *End[T]) Send(ctx context.Context, v T) error {
	r, err := e.end.writes()
	if err != nil {
		return err
	}
	p := e.end.payload.get()
	data, done, err := encode(p, &v)
	if err != nil {
		return p.refused("sent through a pipe", err)
	}
	defer done()
	err = r.put(ctx, data, &e.end.out.lane)
	if errors.Is(err, ErrClosed) {
		return io.ErrClosedPipe
	}
	return err
}

// Recv receives the next value from the other end, for the caller to keep. While
// there is none it waits, until ctx is done, and then returns context.Cause(ctx). The
// error is io.EOF when none will come any more, and io.ErrClosedPipe, as errors.Is
// finds it, when this end was closed or passed to a process.
func (e *End[T]) Recv(ctx context.Context) (v T, err error) {
	r, err := e.end.reads()
	if err != nil {
		return v, err
	}
	var small [inSlot]byte
	data, err := r.get(ctx, &small, &e.end.in.lane)
	if errors.Is(err, ErrClosed) {
		return v, io.EOF
	}
	if err == nil {
		err = decode(e.end.payload.get(), data, len(data) <= inSlot, &v)
	}
	return v, err
}

// Close says that this end is used no more. The other side reads what is still
// under way and then io.EOF. Closing twice does nothing.
func (e *End[T]) Close() error { return e.end.close() }

func (e *end) close() error {
	if e != nil && e.gone.Load() != nil {
		return nil
	}
	out, err := e.writes()
	if err != nil {
		return err
	}
	in, err := e.reads()
	if err != nil {
		return err
	}
	why := "it was closed"
	e.gone.Store(&why)
	out.close()
	in.close()
	return nil
}

// GobEncode lets an end be part of a process's argument. It can be used here no
// more.
func (e *End[T]) GobEncode() ([]byte, error) { return e.end.encode() }

func (e *end) encode() ([]byte, error) {
	var text []byte
	for _, open := range []func() (ring, error){e.reads, e.writes} {
		r, err := open()
		if err != nil {
			return nil, err
		}
		part, err := travel(r.segment, "pipe's end")
		if err != nil {
			return nil, err
		}
		text = append(append(text, byte(len(part))), part...)
	}
	why := "it was passed to a process, and an end belongs to one alone"
	e.gone.Store(&why)
	return text, nil
}

// GobDecode is the other side of GobEncode.
func (e *End[T]) GobDecode(text []byte) error {
	e.end = &end{payload: payloadOf[T]()}
	return e.end.decode(text)
}

func (e *end) decode(text []byte) error {
	for _, o := range []*object{&e.in, &e.out} {
		if len(text) == 0 || len(text)-1 < int(text[0]) {
			return errors.New("processes: a pipe's end is not readable")
		}
		if err := o.arrive(text[1:1+int(text[0])], "pipe's end", pipeOf); err != nil {
			return err
		}
		o.lane.Kind = pipeKind
		text = text[1+int(text[0]):]
	}
	return nil
}

func (e *End[T]) isShared() {}

// pipeOf makes a segment one direction of a pipe: a ring that is closed when one
// who had an end of it has gone.
func pipeOf(s *segment) {
	ringOf(s)
	s.orphan = ring{s}.close
}

// reads and writes return the rings of the two directions, which both ends share.
func (e *end) reads() (ring, error)  { return e.open(true) }
func (e *end) writes() (ring, error) { return e.open(false) }

func (e *end) open(reads bool) (ring, error) {
	if e == nil {
		return ring{}, errNotMade
	}
	if why := e.gone.Load(); why != nil {
		return ring{}, fmt.Errorf("processes: this end of the pipe cannot be used: %s: %w", *why, io.ErrClosedPipe)
	}
	o := &e.out
	if reads {
		o = &e.in
	}
	if s := o.segment.Load(); s != nil {
		return ring{s}, nil
	}
	if e.other == nil {
		return ring{}, errNotMade
	}
	if reads {
		return e.share(&e.in, &e.other.out)
	}
	return e.other.share(&e.other.in, &e.out)
}

// share makes the segment of one direction: in is where it is read.
func (e *end) share(in, out *object) (ring, error) {
	s, err := in.open(func() (*segment, error) {
		s, err := openRing(e.payload.get(), "", e.bound, "a pipe", "NewPipe")
		if err == nil {
			pipeOf(s)
		}
		return s, err
	})
	if err != nil {
		return ring{}, err
	}
	s, err = out.open(func() (*segment, error) { return s, nil })
	return ring{s}, err
}
