package processes

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// line carries messages between a parent and its child, both ways.
type line interface {
	send(message) error
	receive() (message, error)
}

// link is a line for many calls: two rings in shared memory, ten times as fast as
// the socket beside them, which carries what comes with files.
type link struct {
	conn    *conn
	out, in ring
	packet  []byte       // the last message sent
	small   [inSlot]byte // the last message received
}

// linkBound is how many messages may be under way in one direction.
const linkBound = 32

// newLink returns the parent's side of a link, and the message that makes the
// child's.
func newLink(c *conn) (*link, message, error) {
	m := message{kind: kindLink}
	for range 2 {
		s, err := newRing("", linkBound)
		if err != nil {
			closeAll(m.files)
			return nil, message{}, err
		}
		s.orphan = ring{s}.close
		m.shared = append(m.shared, s)
		m.files = append(m.files, s.file.(*os.File))
		m.body = binary.AppendUvarint(m.body, s.id)
		m.body = binary.AppendUvarint(m.body, uint64(len(s.mem)))
	}
	return &link{conn: c, out: ring{m.shared[0]}, in: ring{m.shared[1]}}, m, nil
}

// acceptLink returns the child's side.
func acceptLink(c *conn, m message) (*link, error) {
	defer closeAll(m.files)
	var rings [2]ring
	for i := range rings {
		id, n := binary.Uvarint(m.body)
		size, k := binary.Uvarint(m.body[max(n, 0):])
		if n <= 0 || k <= 0 || i >= len(m.files) {
			return nil, errors.New("processes: a link is not readable")
		}
		m.body = m.body[n+k:]
		s, err := inherit(id, int(size), &m.files[i], ringOf)
		if err != nil {
			return nil, err
		}
		rings[i] = ring{s}
	}
	return &link{conn: c, out: rings[1], in: rings[0]}, nil
}

// send sends m. Files that travel along go through the socket, and word of them
// through the ring.
func (l *link) send(m message) error {
	if len(m.files) > 0 {
		if err := l.conn.send(m); err != nil {
			return err
		}
		m = message{kind: kindSocket}
	}
	head := m.header()
	l.packet = append(append(l.packet[:0], head[:linkHead]...), m.body...)
	err := l.out.put(context.Background(), l.packet, nil)
	if cap(l.packet) > keepBuffer {
		l.packet = nil
	}
	return err
}

// linkHead is how much of a message's head a ring needs: kind and flags.
const linkHead = 2

// receive returns the next message, whose body is valid until the next call.
func (l *link) receive() (message, error) {
	packet, err := l.in.get(context.Background(), &l.small, nil)
	if errors.Is(err, ErrClosed) {
		return message{}, io.EOF
	}
	if err != nil {
		return message{}, err
	}
	if len(packet) < linkHead {
		return message{}, io.ErrUnexpectedEOF
	}
	var head [headerSize]byte
	copy(head[:], packet[:linkHead])
	m, _, _ := parseHeader(head)
	if m.kind == kindSocket {
		return l.conn.receive()
	}
	m.body = packet[linkHead:]
	return m, nil
}

// close lets the child end when it has answered.
func (l *link) close() { l.out.close() }
