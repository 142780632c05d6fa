package probe

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// meetingPlace is the environment variable that leads a child process there: the
// number of the door, a descriptor that every child inherits.
const meetingPlace = "INTERLEAVE_MEETING"

// Meeting is a rendezvous of real processes, or of goroutines that do real I/O:
// those who attend wait for one another, so it shows whether they are there at
// the same time.
type Meeting struct {
	want    int
	reverse bool
	opened  time.Time
	limit   time.Duration // the longest that guests wait for others that may still come
	door    *door
	served  sync.WaitGroup
	begun   chan struct{} // closed when it has begun, or was given up: nobody waits any more

	mu     sync.Mutex // protects what follows
	guests []*guest   // who waits
	host   bool       // somebody looks whether others can still come
	conns  []*os.File // of all who ever came
	pids   map[int]bool
	most   int
}

type guest struct {
	pid   int
	label string
	conn  *os.File
	left  chan struct{}
}

// Meet opens a meeting that begins when want guests are there. It ends with the
// test; there is one at a time.
func Meet(t *testing.T, want int) *Meeting {
	t.Helper()
	return meet(t, want, 5*time.Second)
}

func meet(t *testing.T, want int, limit time.Duration) *Meeting {
	t.Helper()
	door, err := openDoor()
	if err != nil {
		t.Fatal(err)
	}
	m := &Meeting{want: want, opened: time.Now(), limit: limit, door: door, begun: make(chan struct{}), pids: map[int]bool{}}
	t.Setenv(meetingPlace, door.address())
	m.served.Go(m.serve)
	t.Cleanup(func() {
		door.close()
		m.begin()
		m.dismiss()
		m.served.Wait()
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
// who had come when no other could come any more.
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
	conn, err := knock(address)
	if err != nil {
		return func() {} // it is over
	}
	fmt.Fprintln(conn, os.Getpid(), label)
	_, _ = conn.Read(make([]byte, 1))
	return func() { conn.Close() }
}

func (m *Meeting) serve() {
	for {
		conn, err := m.door.accept()
		if err != nil {
			return
		}
		m.served.Go(func() { m.receive(conn) })
	}
}

func (m *Meeting) receive(conn *os.File) {
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
	m.mu.Lock()
	defer m.mu.Unlock()
	m.guests = slices.DeleteFunc(m.guests, func(other *guest) bool { return other == g })
}

func (m *Meeting) welcome(g *guest) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.conns = append(m.conns, g.conn)
	m.pids[g.pid] = true
	if m.hasBegun() {
		g.letGo()
		return
	}
	m.guests = append(m.guests, g)
	if len(m.guests) == m.want {
		m.beginLocked()
	} else if !m.host {
		m.host = true
		m.served.Go(m.waitForGuests)
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
	if !m.hasBegun() {
		m.most = len(guests)
		close(m.begun)
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
			letArrive()
		}
	})
}

func (m *Meeting) hasBegun() bool {
	select {
	case <-m.begun:
		return true
	default:
		return false
	}
}

func (g *guest) letGo() { _, _ = g.conn.Write([]byte{1}) }
