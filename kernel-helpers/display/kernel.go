package display

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"syscall"
	"time"
)

const (
	pipeEnv     = "GONB_PIPE"      // from the program to the kernel
	pipeBackEnv = "GONB_PIPE_BACK" // from the kernel to the program

	mostAnswer = 1 << 20 // bytes; more is no answer
)

// toKernel is the one connection that a program has. The kernel answers in less
// than a millisecond, but may be busy with what the cell printed.
var toKernel = kernel{patience: 10 * time.Second}

// kernel is the connection to the GoNB kernel, opened by the first output.
type kernel struct {
	patience time.Duration // how long an answer may take

	mu     sync.Mutex // protects all below, and keeps request and answer together
	opened bool
	failed error // the first failure; the stream is of no use after it
	out    *os.File
	back   *os.File
	in     *bufio.Reader // of back
	syncs  int
}

// show sends b and returns when the kernel has passed it on.
func (k *kernel) show(b Bundle, id string) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failed != nil {
		return k.failed
	}
	if err := k.exchange(b, id); err != nil {
		k.failed = k.explain(err)
		k.close()
	}
	return k.failed
}

// exchange sends b when what was printed before has been passed on, and returns
// when b has been: the kernel reads stdout and the pipe independently, and drops
// what is still in the pipe when the program ends.
func (k *kernel) exchange(b Bundle, id string) error {
	if err := k.open(); err != nil {
		return err
	}
	waitForStdout()
	// The kernel has read what was printed, but may not have passed it on yet. It
	// tells nobody when it has; answering a few times takes it longer.
	for range 3 {
		if err := k.sync(); err != nil {
			return err
		}
	}
	if err := k.send(b, id); err != nil {
		return err
	}
	return k.sync()
}

// open opens both pipes. Opening a pipe waits for the other side, which may be
// gone: hence without blocking, and with patience.
func (k *kernel) open() error {
	if k.opened {
		return nil
	}
	if usesGonbui() {
		return errors.New("display: this program also uses gonbui, which reads the same pipe; " +
			"use display.HTML and display.Markdown in place of gonbui's functions")
	}
	deadline := time.Now().Add(k.patience)
	for {
		out, err := os.OpenFile(os.Getenv(pipeEnv), os.O_WRONLY|syscall.O_NONBLOCK, 0)
		if err == nil {
			k.out = out
			break
		}
		if !errors.Is(err, syscall.ENXIO) || time.Now().After(deadline) {
			return err
		}
		time.Sleep(time.Millisecond) // the kernel is about to open its side
	}
	// Opened for writing too, the pipe is not at its end while the kernel has
	// not opened its side yet.
	back, err := os.OpenFile(os.Getenv(pipeBackEnv), os.O_RDWR|syscall.O_NONBLOCK, 0)
	if err != nil {
		return err
	}
	k.back = back
	k.in = bufio.NewReader(answers{k})
	k.opened = true
	var w gobWriter
	w.definitions()
	return k.write(w)
}

func (k *kernel) send(b Bundle, id string) error {
	var w gobWriter
	w.displayData(b, id)
	return k.write(w)
}

func (k *kernel) write(message []byte) error {
	if err := k.out.SetWriteDeadline(time.Now().Add(k.patience)); err != nil {
		return err
	}
	_, err := k.out.Write(message)
	// A deadline that is left is a timer, and as long as one is pending Go does
	// not report that all goroutines are asleep.
	k.out.SetWriteDeadline(time.Time{})
	return err
}

// sync returns when the kernel has dealt with everything sent so far.
func (k *kernel) sync() error {
	k.syncs++
	if err := k.send(Bundle{commMIME: commValue{syncAddress, k.syncs}}, ""); err != nil {
		return err
	}
	for {
		size, err := readUint(k.in)
		if err != nil {
			return err
		}
		if size > mostAnswer {
			return errGob
		}
		answer := make([]byte, size)
		if _, err := io.ReadFull(k.in, answer); err != nil {
			return err
		}
		if acknowledged(answer) == k.syncs {
			return nil
		}
	}
}

// answers reads what the kernel sends back.
type answers struct{ *kernel }

// Read waits with patience, and looks now and then whether the kernel is still
// there: the pipe back, opened for writing too, would not tell.
func (k answers) Read(p []byte) (n int, err error) {
	for deadline := time.Now().Add(k.patience); ; {
		if err := k.back.SetReadDeadline(time.Now().Add(min(k.patience, 100*time.Millisecond))); err != nil {
			return 0, err
		}
		n, err := k.back.Read(p)
		k.back.SetReadDeadline(time.Time{})
		switch {
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return n, err
		case isUnread(k.out):
			return 0, syscall.EPIPE
		case time.Now().After(deadline):
			return 0, err
		}
	}
}

func (k *kernel) close() {
	if k.out != nil {
		k.out.Close()
	}
	if k.back != nil {
		k.back.Close()
	}
}

// explain says what a failure means and what to do.
func (k *kernel) explain(err error) error {
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return fmt.Errorf("display: the kernel did not answer within %v; interrupt and restart it, then run the cell again: %w", k.patience, err)
	case errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ENXIO), errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("display: the kernel that ran this cell is gone; restart it and run the cell again: %w", err)
	}
	return err
}
