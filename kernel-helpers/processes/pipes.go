package processes

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"sync"
	"time"
	"weak"
)

// pipes is what a queue is made of, in one of the processes that share it.
//
// A file without a name holds the values, each in a slot of its own. Two pipes
// carry records of eight bytes, which pipes pass whole: free has the slots that
// nobody uses, full has those that hold a value, in order. To put a value is to
// take a record from free, write the slot and append a record to full; to get
// one is the reverse. So the bound is the number of slots, a value has any size,
// and a process may be killed anywhere: what it had in its hands is lost and
// replaced, and nothing else is touched.
type pipes struct {
	id    uint64 // the same in every process
	bound int
	slots *os.File
	free  *recordPipe
	full  *recordPipe

	putting chan struct{} // holds one: who may wait for a free slot
	getting chan struct{} // holds one: who may wait for a value

	// inHand is held for reading while a record is in this process's hands alone.
	inHand sync.RWMutex

	mu        sync.Mutex    // protects what follows
	inherited bool          // a parent has it too, and lives as long as we do
	holders   int           // children that have it
	changed   chan struct{} // closed and replaced when waiting anew is worth while
}

const (
	filesPerQueue = 5
	slotBits      = 28
	maxSlot       = 1<<slotBits - 1
	maxValue      = 1 << 33 // bytes in one slot
	maxBound      = 1 << 16
	closedRecord  = ^uint64(0)
	closedAt      = 0    // where in the file it says that the queue is closed
	firstSlotAt   = 4096 // where in the file the slots begin
)

func newPipes(bound int) (*pipes, error) {
	var files [filesPerQueue]*os.File
	err := openPipes(&files, bound)
	var p *pipes
	if err == nil {
		p, err = assemblePipes(rand.Uint64(), bound, files)
	}
	for slot := 0; err == nil && slot < bound; slot++ {
		err = p.free.append(uint64(slot))
	}
	if err != nil {
		closeAll(files[:])
		return nil, err
	}
	return p, nil
}

func openPipes(files *[filesPerQueue]*os.File, bound int) (err error) {
	if files[0], err = unnamedFile(); err != nil {
		return err
	}
	for i := 1; i < filesPerQueue; i += 2 {
		if files[i], files[i+1], err = os.Pipe(); err != nil {
			return err
		}
		if err = makeRoom(files[i+1], (bound+spareRecords)*recordSize); err != nil {
			return err
		}
	}
	return nil
}

// spareRecords is room for marks that the queue is closed.
const spareRecords = 512

func closeAll(files []*os.File) {
	for _, f := range files {
		if f != nil {
			f.Close()
		}
	}
}

func assemblePipes(id uint64, bound int, files [filesPerQueue]*os.File) (*pipes, error) {
	p := &pipes{
		id: id, bound: bound, slots: files[0],
		putting: make(chan struct{}, 1), getting: make(chan struct{}, 1),
		changed: make(chan struct{}),
	}
	var err, err2 error
	p.free, err = newRecordPipe(files[1], files[2])
	p.full, err2 = newRecordPipe(files[3], files[4])
	return p, errors.Join(err, err2)
}

// inheritedPipes finds the queues that this process was given, so that it opens each
// one once, however often it comes.
var inheritedPipes struct {
	sync.Mutex
	byID map[uint64]weak.Pointer[pipes]
}

// inheritPipes returns the queue id. If it is not known yet, it takes the files,
// which came along with an argument, away.
func inheritPipes(id uint64, bound int, files []*os.File) (*pipes, error) {
	inheritedPipes.Lock()
	defer inheritedPipes.Unlock()
	if known := inheritedPipes.byID[id].Value(); known != nil {
		return known, nil
	}
	p, err := assemblePipes(id, bound, [filesPerQueue]*os.File(files))
	if err != nil {
		return nil, err
	}
	clear(files)
	p.inherited = true
	if inheritedPipes.byID == nil {
		inheritedPipes.byID = make(map[uint64]weak.Pointer[pipes])
	}
	inheritedPipes.byID[id] = weak.Make(p)
	return p, nil
}

// settleQueues waits until no record of an inherited queue is in this process's
// hands, and takes none any more: the process is about to end.
func settleQueues() {
	inheritedPipes.Lock() // for good
	for _, w := range inheritedPipes.byID {
		if p := w.Value(); p != nil {
			p.inHand.Lock() // for good
		}
	}
}

// files are what another process needs to have the queue, in the order that
// assemblePipes takes them.
func (p *pipes) files() []*os.File {
	return []*os.File{p.slots, p.free.r, p.free.w, p.full.r, p.full.w}
}

func (p *pipes) put(ctx context.Context, value []byte) error {
	if len(value) >= maxValue {
		return errors.New("processes: a value of more than 8 GiB does not fit a queue")
	}
	if p.isClosed() {
		return ErrClosed
	}
	if err := enter(ctx, p.putting); err != nil {
		return err
	}
	defer leave(p.putting)
	slot, err := p.take(ctx, p.free)
	if err != nil {
		return err
	}
	defer p.inHand.RUnlock()
	if slot == closedRecord || p.isClosed() {
		p.give(p.free, slot)
		return ErrClosed
	}
	if _, err := p.slots.WriteAt(value, slotAt(slot)); err != nil {
		p.give(p.free, slot)
		return err
	}
	return p.give(p.full, slot|uint64(len(value))<<slotBits)
}

func (p *pipes) get(ctx context.Context) ([]byte, error) {
	if err := enter(ctx, p.getting); err != nil {
		return nil, err
	}
	defer leave(p.getting)
	record, err := p.take(ctx, p.full)
	if err != nil {
		return nil, err
	}
	defer p.inHand.RUnlock()
	if record == closedRecord {
		p.give(p.full, record)
		return nil, ErrClosed
	}
	slot, size := record&maxSlot, record>>slotBits
	value := make([]byte, size)
	_, err = p.slots.ReadAt(value, slotAt(slot))
	forget(p.slots, slotAt(slot), int64(size))
	if p.surplus(slot) {
		return value, err
	}
	return value, errors.Join(err, p.give(p.free, slot))
}

func slotAt(slot uint64) int64 { return firstSlotAt + int64(slot)*maxValue }

// surplus reports whether slot is one too many. Slots that replaced lost ones
// may be, if those were not lost after all.
func (p *pipes) surplus(slot uint64) bool {
	return slot >= uint64(p.bound) && p.free.len() >= p.bound
}

func (p *pipes) close() error {
	if p.isClosed() {
		return nil
	}
	if _, err := p.slots.WriteAt([]byte{1}, closedAt); err != nil {
		return err
	}
	return p.markClosed()
}

// markClosed wakes whoever waits. The marks stay in the pipes: each process that
// finds one puts it back for the next.
func (p *pipes) markClosed() error {
	return errors.Join(p.give(p.free, closedRecord), p.give(p.full, closedRecord))
}

func (p *pipes) isClosed() bool {
	var closed [1]byte
	p.slots.ReadAt(closed[:], closedAt)
	return closed[0] != 0
}

// give appends a record and wakes whoever waits in this process.
func (p *pipes) give(to *recordPipe, record uint64) error {
	err := to.append(record)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wake()
	return err
}

// wake is called with mu held.
func (p *pipes) wake() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// holderBegins notes that a child gets the queue.
func (p *pipes) holderBegins() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.holders++
	p.wake()
}

// holderEnds notes that a child that had the queue has ended, and replaces what
// it may have had in its hands if it could not put that back.
func (p *pipes) holderEnds(crashed bool) {
	p.mu.Lock()
	p.holders--
	alone := p.holders == 0 && !p.inherited
	p.mu.Unlock()
	if crashed {
		p.replaceLost(alone)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wake()
	// Who waits for another process looks again whether there is one.
	p.free.interrupt()
	p.full.interrupt()
}

// replaceLost adds free slots. A process has at most one in hand to put and one
// to get; alone we can count.
func (p *pipes) replaceLost(alone bool) {
	lost := 2
	if alone {
		p.inHand.Lock()
		defer p.inHand.Unlock()
		lost = p.bound - p.free.len() - p.full.len()
	}
	for range lost {
		p.free.append(uint64(p.bound) + rand.Uint64N(maxSlot-uint64(p.bound)))
	}
	if p.isClosed() {
		p.markClosed()
	}
}

func enter(ctx context.Context, role chan struct{}) error {
	if err := ctx.Err(); err != nil {
		return context.Cause(ctx)
	}
	select {
	case role <- struct{}{}:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

func leave(role chan struct{}) { <-role }

// take waits for a record. The caller has it in hand, and holds inHand, unless
// there is an error.
func (p *pipes) take(ctx context.Context, from *recordPipe) (record uint64, err error) {
	if record, ok := p.try(from); ok {
		return record, nil
	}
	stop := context.AfterFunc(ctx, from.interrupt)
	defer stop()
	for {
		p.mu.Lock()
		alone, changed := p.holders == 0 && !p.inherited, p.changed
		p.mu.Unlock()
		from.r.SetReadDeadline(time.Time{})
		if ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		if alone {
			if record, ok := p.try(from); ok {
				return record, nil
			}
			// Only this process can help, and the runtime knows whether it can:
			// it says so when all goroutines are asleep.
			select {
			case <-changed:
			case <-ctx.Done():
			}
			continue
		}
		got := false
		err := from.raw.Read(func(uintptr) (done bool) {
			record, got = p.try(from)
			return got
		})
		if got || err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return record, err
		}
	}
}

// try takes a record if there is one, and then holds inHand.
func (p *pipes) try(from *recordPipe) (record uint64, ok bool) {
	p.inHand.RLock()
	if record, ok = from.next(); !ok {
		p.inHand.RUnlock()
	}
	return record, ok
}
