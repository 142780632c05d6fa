package timeline

import (
	"io"
	"iter"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// stream reads a trace while it is being written. The reader of traces wants to
// wait for more where the trace ends for now; it runs as a coroutine, which is left
// there and taken up again when there is more.
type stream struct {
	from *events.Buffer
	read int    // bytes of from that were taken
	rest []byte // of those, what the reader has not taken yet
	next func() (struct{}, bool)
	stop func()
}

// newStream returns a stream that passes the events of a trace on to take.
func newStream(from *events.Buffer, take func(trace.Event)) *stream {
	s := &stream{from: from}
	s.next, s.stop = iter.Pull(func(wait func(struct{}) bool) {
		r, err := trace.NewReader(waiting{s, wait})
		for err == nil {
			var e trace.Event
			if e, err = r.ReadEvent(); err == nil {
				take(e)
			}
		}
		// It is over, or cannot be read from here on.
	})
	return s
}

// readOn reads what came since the last time.
func (s *stream) readOn() {
	more := s.from.From(s.read)
	s.read += len(more)
	s.rest = append(s.rest, more...)
	if len(more) > 0 {
		s.next()
	}
}

// end reads what there is to the end, as far as that can be read. The stream is of
// no use after that.
func (s *stream) end() {
	s.readOn()
	s.stop()
}

// waiting is what the reader of a stream reads from.
type waiting struct {
	*stream
	wait func(struct{}) bool
}

func (w waiting) Read(p []byte) (int, error) {
	for len(w.rest) == 0 {
		if !w.wait(struct{}{}) {
			return 0, io.EOF
		}
	}
	n := copy(p, w.rest)
	w.rest = w.rest[n:]
	return n, nil
}
