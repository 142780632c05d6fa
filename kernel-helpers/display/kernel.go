package display

import (
	"encoding/gob"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"
)

const (
	pipeEnv     = "GONB_PIPE"      // from the program to the kernel
	pipeBackEnv = "GONB_PIPE_BACK" // from the kernel to the program
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
	enc    *gob.Encoder
	dec    *gob.Decoder
	syncs  int
}

// show sends message and returns when the kernel has passed it on.
func (k *kernel) show(message displayData) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failed != nil {
		return k.failed
	}
	if err := k.exchange(message); err != nil {
		k.failed = k.explain(err)
		k.close()
	}
	return k.failed
}

// exchange sends message between two syncs. The first waits until what was
// printed before has been passed on, the second until the message has: the
// kernel reads stdout and the pipe independently, and drops what is still in
// the pipe when the program ends.
func (k *kernel) exchange(message displayData) error {
	if err := k.open(); err != nil {
		return err
	}
	waitForStdout()
	if err := k.sync(); err != nil {
		return err
	}
	if err := k.send(message); err != nil {
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
	if err := registerTypes(); err != nil {
		return err
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
	k.enc, k.dec = gob.NewEncoder(k.out), gob.NewDecoder(answers{k})
	k.opened = true
	return nil
}

func (k *kernel) send(message displayData) error {
	if err := k.out.SetWriteDeadline(time.Now().Add(k.patience)); err != nil {
		return err
	}
	return k.enc.Encode(message)
}

// sync returns when the kernel has dealt with everything sent so far.
func (k *kernel) sync() error {
	k.syncs++
	request := commValue{Address: syncAddress, Value: k.syncs}
	if err := k.send(displayData{Data: map[mimeType]any{commMIME: request}}); err != nil {
		return err
	}
	for {
		var answer commValue
		if err := k.dec.Decode(&answer); err != nil {
			return err
		}
		if answer.Address == syncAck && answer.Value == k.syncs {
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
