package processes

import "sync"

// Values that do not fit a slot lie in the segment's file behind what is mapped,
// maxValue bytes apart. The file has holes, so this costs what is written.

const maxValue = 1 << 33 // bytes

// kept is how much memory, in bytes, a queue keeps of such values when they have
// gone, because what is there already is written ten times faster.
const kept = 64 << 20

func (r ring) beyond(slot uint32) int64 { return int64(len(r.mem)) + int64(slot)*maxValue }

// keeps reports whether the memory of a value of size bytes is kept.
func (r ring) keeps(slot uint32, size int) bool { return size <= kept/int(slot+1) }

// makeRoom lets the file be mapped as far as values may reach, if the system and its
// limits allow such a file. If not, values are written and read.
func (r ring) makeRoom() {
	if mapsHoles && r.file.Truncate(r.beyond(uint32(r.count()))) == nil {
		r.word(roomAt).Store(1)
	}
}

// maps reports whether a value of size bytes is mapped.
func (r ring) maps(slot uint32, size int) bool {
	return r.keeps(slot, size) && r.word(roomAt).Load() == 1
}

func (r ring) write(slot uint32, value []byte) error {
	if r.maps(slot, len(value)) {
		view, err := r.view(slot, r.beyond(slot), len(value))
		if err == nil {
			copy(view, value)
			return nil
		}
	}
	_, err := r.file.WriteAt(value, r.beyond(slot))
	return err
}

// raiseHeap lets Go collect garbage less often than after every few megabytes that
// are received. With next to nothing on its heap a program does so whenever it has
// made 4 MB, and that takes longer than to copy them. What is held here makes it 16
// MB or more, as GOGC says, at the price of so much more garbage. It is itself never
// written, and so takes no memory.
var raiseHeap = sync.OnceFunc(func() { heapFloor = make([]byte, 16<<20) })

var heapFloor []byte

// feltSize is the size in bytes of values whose garbage costs more than their copy.
const feltSize = 16 << 10

func (r ring) read(slot uint32, size int) ([]byte, error) {
	if size >= feltSize {
		raiseHeap()
	}
	if r.maps(slot, size) {
		view, err := r.view(slot, r.beyond(slot), size)
		if err == nil {
			return append([]byte(nil), view...), nil // make would write it twice
		}
	}
	value := make([]byte, size)
	_, err := r.file.ReadAt(value, r.beyond(slot))
	if !r.keeps(slot, size) {
		forget(r.file, r.beyond(slot), int64(size))
	}
	return value, err
}
