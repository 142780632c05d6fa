package processes

import (
	"bytes"
	"os"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// output shows what a child prints, in whole lines behind the child's name.
//
// The child never has the cell's own stdout: a kernel takes a cell as running for
// as long as anybody holds it open.
type output struct {
	label string
	from  *os.File
	raw   syscall.RawConn
	to    **os.File // os.Stdout or os.Stderr, as it is when something is shown

	mu      sync.Mutex
	partial []byte // a line that has not ended
	crashes bool   // on stderr, where the Go runtime prints its last words
	crash   []byte // what it has printed from the first of them on
}

// maxLine is the length in bytes above which a line is shown in pieces.
const maxLine = 64 << 10

// maxCrash is how much of a crash is held back, in bytes.
const maxCrash = 1 << 20

func newStdout(label string, from *os.File) (*output, error) {
	raw, err := from.SyscallConn()
	return &output{label: label, from: from, raw: raw, to: &os.Stdout}, err
}

func newStderr(label string, from *os.File) (*output, error) {
	raw, err := from.SyscallConn()
	return &output{label: label, from: from, raw: raw, to: &os.Stderr, crashes: true}, err
}

// stream shows what comes, until the pipe ends or is closed.
func (o *output) stream() {
	o.raw.Read(func(fd uintptr) (ended bool) {
		for {
			if n, err := o.take(fd); n <= 0 {
				return err != unix.EAGAIN
			}
		}
	})
}

// drain shows what the pipe holds now, and no more than it can hold: somebody
// may write faster than can be shown.
func (o *output) drain() {
	o.raw.Control(func(fd uintptr) {
		for total := 0; total < pipeSize; {
			n, err := o.take(fd)
			if n <= 0 || err != nil {
				return
			}
			total += n
		}
	})
}

// finish shows the rest and gives up the pipe. If the child has crashed, it
// returns the runtime's last words in place of showing them.
func (o *output) finish(crashed bool) (lastWords string) {
	o.drain()
	o.from.Close()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.crash != nil && crashed {
		lastWords = string(append(o.crash, o.partial...))
		o.crash, o.partial = nil, nil
		return lastWords
	}
	o.show(append(o.crash, o.partial...))
	o.crash, o.partial = nil, nil
	return ""
}

// pipeSize is what a pipe holds, in bytes.
const pipeSize = 64 << 10

var buffers = sync.Pool{New: func() any { return new([pipeSize]byte) }}

// take reads once and shows what it has read.
func (o *output) take(fd uintptr) (n int, err error) {
	buffer := buffers.Get().(*[pipeSize]byte)
	defer buffers.Put(buffer)
	o.mu.Lock()
	defer o.mu.Unlock()
	n, err = uninterrupted(func() (int, error) { return unix.Read(int(fd), buffer[:]) })
	if n > 0 {
		o.add(buffer[:n])
	}
	return n, err
}

// add shows the whole lines of what has been read so far.
func (o *output) add(text []byte) {
	if o.crash != nil {
		o.crash = append(o.crash, text...)
		if len(o.crash) <= maxCrash {
			return
		}
		text, o.crash, o.crashes = o.crash, nil, false
	}
	text = append(o.partial, text...)
	end := bytes.LastIndexByte(text, '\n') + 1
	if len(text)-end > maxLine {
		end = len(text)
	}
	lines, rest := text[:end], text[end:]
	if o.crashes {
		if i := crashStart(lines); i >= 0 {
			o.crash = append([]byte{}, text[i:]...)
			lines, rest = lines[:i], nil
		}
	}
	o.show(lines)
	o.partial = append(o.partial[:0], rest...)
}

// show prints lines, each behind the label, in one write: nothing comes between.
func (o *output) show(lines []byte) {
	if len(lines) == 0 {
		return
	}
	text := make([]byte, 0, len(lines)+8*len(o.label))
	for line := range bytes.Lines(lines) {
		text = append(text, o.label...)
		text = append(text, ": "...)
		text = append(text, line...)
	}
	if !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, '\n')
	}
	(*o.to).Write(text)
}

// crashStart finds the line where the Go runtime begins to say why it gives up,
// or returns -1.
func crashStart(lines []byte) int {
	at := 0
	for line := range bytes.Lines(lines) {
		for _, first := range []string{"panic: ", "fatal error: ", "runtime: ", "SIGQUIT: ", "unexpected fault address "} {
			if bytes.HasPrefix(line, []byte(first)) {
				return at
			}
		}
		at += len(line)
	}
	return -1
}
