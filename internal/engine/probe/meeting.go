package probe

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is how long the first guest of a meeting waits for the others: a
// multiple of the time that it took to come itself, because a busy machine
// starts processes slowly. It matters to wrong programs alone: right ones bring
// all guests together, and the meeting begins when the last arrives.
func patience(first time.Duration) time.Duration {
	return min(max(10*first, 700*time.Millisecond), 5*time.Second)
}

// meetingPlace is the environment variable that leads a child process there.
const meetingPlace = "INTERLEAVE_MEETING"

// Meeting is a rendezvous of real processes, or of goroutines that do real I/O:
// those who attend wait for one another, so it shows whether they are there at
// the same time.
type Meeting struct {
	want     int
	reverse  bool
	opened   time.Time
	listener net.Listener
	served   sync.WaitGroup

	mu     sync.Mutex // protects what follows
	open   bool       // it has begun, or was given up: nobody waits any more
	guests []*guest   // who waits
	conns  []net.Conn // of all who ever came
	pids   map[int]bool
	most   int
}

type guest struct {
	pid   int
	label string
	conn  net.Conn
	left  chan struct{}
}

// Meet opens a meeting that begins when want guests are there. It ends with the
// test; there is one at a time.
func Meet(t *testing.T, want int) *Meeting {
	t.Helper()
	// The path of a socket is short on every system, the test's own folder not.
	dir, err := os.MkdirTemp("", "m")
	if err != nil {
		t.Fatal(err)
	}
	address := filepath.Join(dir, "s")
	listener, err := net.Listen("unix", address)
	if err != nil {
		t.Fatal(err)
	}
	m := &Meeting{want: want, opened: time.Now(), listener: listener, pids: map[int]bool{}}
	t.Setenv(meetingPlace, address)
	m.served.Go(m.serve)
	t.Cleanup(func() {
		listener.Close()
		m.begin()
		m.dismiss()
		m.served.Wait()
		os.RemoveAll(dir)
	})
	return m
}

// LastFirst lets guests go one by one, the greatest label first, so that
// results arrive in the opposite order. It returns m.
func (m *Meeting) LastFirst() *Meeting {
	m.reverse = true
	return m
}

// Most returns how many guests were there when the meeting began: all, or those
// who had come when the first had waited long enough.
func (m *Meeting) Most() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.most
}

// Children returns how many processes other than this one came.
func (m *Meeting) Children() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := len(m.pids)
	if m.pids[os.Getpid()] {
		n--
	}
	return n
}

// Attend waits, in whichever process, until the meeting begins; the guest is
// there until it calls leave. Without a meeting it returns at once.
func Attend(label string) (leave func()) {
	address := os.Getenv(meetingPlace)
	if address == "" {
		return func() {}
	}
	conn, err := net.Dial("unix", address)
	if err != nil {
		return func() {} // it is over
	}
	fmt.Fprintln(conn, os.Getpid(), label)
	_, _ = conn.Read(make([]byte, 1))
	return func() { conn.Close() }
}

func (m *Meeting) serve() {
	for {
		conn, err := m.listener.Accept()
		if err != nil {
			return
		}
		m.served.Go(func() { m.receive(conn) })
	}
}

func (m *Meeting) receive(conn net.Conn) {
	defer conn.Close()
	g := &guest{conn: conn, left: make(chan struct{})}
	defer close(g.left)
	in := bufio.NewReader(conn)
	hello, err := in.ReadString('\n')
	if err != nil {
		return
	}
	if _, err := fmt.Sscan(hello, &g.pid); err != nil {
		return
	}
	_, g.label, _ = strings.Cut(strings.TrimSpace(hello), " ")
	m.welcome(g)
	_, _ = io.Copy(io.Discard, in) // until it leaves
}

func (m *Meeting) welcome(g *guest) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.conns = append(m.conns, g.conn)
	m.pids[g.pid] = true
	if m.open {
		g.letGo()
		return
	}
	m.guests = append(m.guests, g)
	if len(m.guests) == 1 {
		timer := time.AfterFunc(patience(time.Since(m.opened)), m.begin)
		m.served.Go(func() { <-g.left; timer.Stop() })
	}
	if len(m.guests) == m.want {
		m.beginLocked()
	}
}

// begin lets everybody go, whoever is there.
func (m *Meeting) begin() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.beginLocked()
}

// dismiss ends the visit of whoever is still there.
func (m *Meeting) dismiss() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, conn := range m.conns {
		conn.Close()
	}
}

func (m *Meeting) beginLocked() {
	guests := m.guests
	if !m.open {
		m.open, m.most = true, len(guests)
	}
	m.guests = nil
	if !m.reverse {
		for _, g := range guests {
			g.letGo()
		}
		return
	}
	slices.SortFunc(guests, func(a, b *guest) int { return strings.Compare(b.label, a.label) })
	m.served.Go(func() {
		for _, g := range guests {
			g.letGo()
			<-g.left
			// Its result is on the way; only a wrong program gains from a delay.
			time.Sleep(30 * time.Millisecond)
		}
	})
}

func (g *guest) letGo() { _, _ = g.conn.Write([]byte{1}) }
