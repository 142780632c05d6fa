// Package street brings clients to a server in virtual time, and asks no network.
package street

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

// ErrOpen is the error of an answer after which the connection stays open.
var ErrOpen = errors.New("the connection stays open")

// patience is how long, in virtual time, a client waits: it costs nothing.
const patience = 24 * time.Hour

// Street is where a server and its clients are.
type Street struct {
	t        *testing.T
	end      context.CancelFunc
	ctx      context.Context
	door     chan net.Conn
	broken   chan error
	returned chan struct{} // closed when serve has
	err      error         // of serve; read after returned
}

// Open runs the server on a street. Call it within schedule.Test, and Close at
// the end.
func Open(t *testing.T, serve func(context.Context, func(context.Context) (io.ReadWriteCloser, error), func(string) string) error, greet func(string) string) *Street {
	t.Helper()
	s := &Street{t: t, door: make(chan net.Conn), broken: make(chan error, 1), returned: make(chan struct{})}
	s.ctx, s.end = context.WithCancel(context.Background())
	go func() {
		defer close(s.returned)
		s.err = serve(s.ctx, s.accept, greet)
	}()
	return s
}

func (s *Street) accept(ctx context.Context) (io.ReadWriteCloser, error) {
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case err := <-s.broken:
		return nil, err
	default:
	}
	select {
	case conn := <-s.door:
		return conn, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case err := <-s.broken:
		return nil, err
	}
}

// Client is one who has been accepted, or whom nobody accepted in a day.
type Client struct{ conn net.Conn }

// Visit brings a client, and returns when it has been accepted.
func (s *Street) Visit() *Client {
	mine, theirs := net.Pipe()
	select {
	case s.door <- theirs:
	case <-time.After(patience):
		theirs.Close()
	}
	return &Client{mine}
}

// Say sends a line and returns all that comes back until the server closes the
// connection, or ErrOpen if it does not in a day.
func (c *Client) Say(line string) (answer string, err error) {
	defer c.conn.Close()
	if err := c.conn.SetDeadline(time.Now().Add(patience)); err != nil {
		return "", err
	}
	if _, err := fmt.Fprintln(c.conn, line); err != nil {
		return "", err
	}
	text, err := io.ReadAll(c.conn)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = ErrOpen
	}
	return string(text), err
}

// GoAway ends the connection without a word.
func (c *Client) GoAway() { c.conn.Close() }

// End ends the server's context.
func (s *Street) End() { s.end() }

// Fail lets accept fail from now on.
func (s *Street) Fail(err error) { s.broken <- err }

// HasReturned reports whether the server has.
func (s *Street) HasReturned() bool {
	select {
	case <-s.returned:
		return true
	default:
		return false
	}
}

// Close ends the server and returns what it did; a server that does not return
// in a day fails the check.
func (s *Street) Close() error {
	s.t.Helper()
	s.end()
	select {
	case <-s.returned:
		return s.err
	case <-time.After(patience):
		s.t.Fatal("The context has ended and all clients are gone, and Serve does not return.")
		return nil
	}
}
