package processes

import (
	"errors"
	"runtime"
	"sync"

	"golang.org/x/sys/unix"
)

// views are the parts of a segment's file beyond its memory that this process has
// mapped, by the slot whose value they hold: a value in memory is copied once.
type views struct {
	mu    sync.Mutex // protects bySlot
	slots map[uint32][]byte
}

// view returns size bytes of the file, from a place on that belongs to a slot.
func (s *segment) view(slot uint32, at int64, size int) ([]byte, error) {
	s.views.mu.Lock()
	defer s.views.mu.Unlock()
	known := s.views.slots[slot]
	if len(known) >= size {
		return known[:size], nil
	}
	if known != nil {
		unix.Munmap(known)
		delete(s.views.slots, slot)
	}
	const step = 256 << 10
	size, wanted := (size+step-1)/step*step, size
	raw, err := s.file.SyscallConn()
	if err != nil {
		return nil, err
	}
	var mem []byte
	control := raw.Control(func(fd uintptr) {
		mem, err = unix.Mmap(int(fd), at, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|mapAtOnce)
	})
	if err := errors.Join(control, err); err != nil {
		return nil, err
	}
	if s.views.slots == nil {
		s.views.slots = make(map[uint32][]byte)
		runtime.AddCleanup(s, func(slots map[uint32][]byte) {
			for _, mem := range slots {
				unix.Munmap(mem)
			}
		}, s.views.slots)
	}
	s.views.slots[slot] = mem
	return mem[:wanted], nil
}
