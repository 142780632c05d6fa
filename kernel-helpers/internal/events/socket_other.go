//go:build !unix

package events

import (
	"errors"
	"os"
	"time"
)

func socketPair() (parent, child *os.File, err error) {
	return nil, nil, errors.New("events: child processes are not recorded on this system")
}

func processorTime() time.Duration { return 0 }

func (c *Child) read() { close(c.done) }

func (c *Child) finish(time.Duration) {}

// ServeChild does nothing here: child processes are recorded on Unix only.
func ServeChild(f *os.File) (stop func()) { return func() { f.Close() } }
