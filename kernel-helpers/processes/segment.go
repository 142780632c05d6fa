package processes

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// segment is memory that processes share, as one of them sees it. Whatever is
// shared is one: it begins with a head that all kinds have in common, and goes on
// with what the kind needs. Words that another process may change are read and
// written atomically; the race detector does not see this memory.
type segment struct {
	id    uint64 // the same in every process
	me    identity
	pid   int
	file  file
	mem   []byte
	unmap runtime.Cleanup

	latch  latch
	gates  [2]gate
	views  views
	owners []atomic.Uint64                // of permits
	hint   atomic.Int32                   // where the last permit was found
	settle func(dead func(identity) bool) // puts in order what the dead left; the latch is held
	orphan func()                         // called when a child that had it has ended; nil: nothing to do

	mu        sync.Mutex    // protects what follows
	inherited bool          // a parent has it too, and lives as long as we do
	holders   int           // children that have it
	travelled bool          // another process has or had it
	changed   chan struct{} // closed and replaced when waiting anew is worth while
}

// file is what a segment needs of an os.File. A program that has a queue is compiled with
// all types in sight of it, and os.File has many behind it.
type file interface {
	io.ReaderAt
	io.WriterAt
	syscall.Conn
	Truncate(size int64) error
}

// The head of a segment, in bytes from its start. What different processes are
// busy with stands 64 bytes apart, so that they do not share a cache line.
const (
	latchAt  = 0  // of the latch
	countAt  = 16 // how many values, permits or elements there are
	handedAt = 24 // whether a process that was given it has handed it on
	gatesAt  = 64 // of two gates
	nameAt   = 192
	bodyAt   = 256
	maxName  = bodyAt - nameAt - 1
)

// newSegment returns a segment for count things, in a body of so many bytes, which
// are zero.
func newSegment(name string, count, body int) (*segment, error) {
	file, err := unnamedFile()
	if err != nil {
		return nil, err
	}
	page := os.Getpagesize()
	size := (bodyAt + body + page - 1) / page * page
	err = file.Truncate(int64(size))
	var s *segment
	if err == nil {
		s, err = mapSegment(rand.Uint64(), file, size)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	s.word64(countAt).Store(uint64(count))
	name = name[:min(len(name), maxName)]
	s.mem[nameAt] = byte(len(name))
	copy(s.mem[nameAt+1:], name)
	return s, nil
}

// mapSegment makes the memory in file this process's, too.
func mapSegment(id uint64, file *os.File, size int) (*segment, error) {
	me, err := self()
	if err != nil {
		return nil, err
	}
	raw, err := file.SyscallConn()
	if err != nil {
		return nil, err
	}
	var mem []byte
	control := raw.Control(func(fd uintptr) {
		mem, err = unix.Mmap(int(fd), 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED)
	})
	if err := errors.Join(control, err); err != nil {
		return nil, err
	}
	s := &segment{id: id, me: me, pid: os.Getpid(), file: file, mem: mem, changed: make(chan struct{})}
	s.latch.word = s.word(latchAt)
	for i := range s.gates {
		s.gates[i] = gate{word: s.word(gatesAt + 64*i), role: make(chan struct{}, 1)}
	}
	s.unmap = runtime.AddCleanup(s, func(mem []byte) { unix.Munmap(mem) }, mem)
	return s, nil
}

func (s *segment) word(at int) *atomic.Uint32 {
	return (*atomic.Uint32)(unsafe.Pointer(&s.mem[at]))
}

func (s *segment) word64(at int) *atomic.Uint64 {
	return (*atomic.Uint64)(unsafe.Pointer(&s.mem[at]))
}

// pin keeps the memory for good.
func (s *segment) pin() { s.unmap.Stop() }

func (s *segment) count() int { return int(s.word64(countAt).Load()) }

func (s *segment) name() string {
	n := min(int(s.mem[nameAt]), maxName)
	return string(s.mem[nameAt+1 : nameAt+1+n])
}

// company reports whether another process may change the segment, and returns a
// channel that is closed when that, or in this process alone the segment, is no
// longer the same.
func (s *segment) company() (alone bool, changed <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.holders == 0 && !s.inherited, s.changed
}

// untold reports whether a process that has the segment may end without anybody's
// telling. Whoever has given it to a child tells of that child's end; but a child that
// has handed it on may end together with its own.
func (s *segment) untold() bool { return !hasFutex || s.word(handedAt).Load() != 0 }

// stir lets those who wait in this process look again.
func (s *segment) stir() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// holderBegins notes that a child gets the segment.
func (s *segment) holderBegins() {
	s.mu.Lock()
	s.holders++
	s.travelled = true
	if s.inherited {
		s.word(handedAt).Store(1)
	}
	s.mu.Unlock()
	s.wakeEverybody()
}

// holderEnds notes that a child that had the segment has ended.
func (s *segment) holderEnds() {
	s.mu.Lock()
	s.holders--
	s.mu.Unlock()
	s.sweep()
	if s.orphan != nil {
		s.orphan()
	}
	s.wakeEverybody()
}

// wakeEverybody lets all who wait, in every process, look whether they still
// wait for the right thing.
func (s *segment) wakeEverybody() {
	for i := range s.gates {
		s.gates[i].shout()
	}
	s.stir()
}

// take takes the latch.
func (s *segment) take() { s.latch.take(s.me, func() { s.settleDead() }) }

// sweep puts in order what processes that have ended left behind. It reports
// whether another one that lives has something in hand.
func (s *segment) sweep() (busy bool) {
	s.mu.Lock()
	travelled := s.travelled
	s.mu.Unlock()
	if !travelled {
		return false
	}
	s.take()
	defer s.latch.release()
	return s.settleDead()
}

func (s *segment) settleDead() (busy bool) {
	if s.settle == nil {
		return false
	}
	known := make(map[identity]bool)
	s.settle(func(id identity) bool {
		dead, ok := known[id]
		if !ok {
			dead = id != s.me && !lives(id)
			known[id] = dead
			busy = busy || id != s.me && !dead
		}
		return dead
	})
	return busy
}
