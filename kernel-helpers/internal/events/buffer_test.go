package events_test

import (
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

func TestBufferKeepsTheBeginningAndNeverFails(t *testing.T) {
	tape := events.Open()
	defer tape.Close()
	b := tape.NewBuffer()
	chunk := make([]byte, events.MaxTrace/2-1)
	for i := range 4 {
		if n, err := b.Write(chunk); n != len(chunk) || err != nil {
			t.Fatal(n, err)
		}
		if b.Full() != (i >= 2) {
			t.Errorf("full after %d chunks: %v", i+1, b.Full())
		}
	}
	b.Write(make([]byte, 1)) // would fit, but something before it is missing
	if got := len(b.From(0)); got != 2*len(chunk) {
		t.Errorf("kept %d bytes, want %d", got, 2*len(chunk))
	}
}

func TestBuffersOfATapeShareItsRoom(t *testing.T) {
	tape := events.Open()
	defer tape.Close()
	a, b := tape.NewBuffer(), tape.NewBuffer()
	a.Write(make([]byte, events.MaxTrace-1))
	b.Write(make([]byte, 2))
	if a.Full() || !b.Full() || len(b.From(0)) != 0 {
		t.Errorf("the first is full: %v, the second: %v", a.Full(), b.Full())
	}
}
