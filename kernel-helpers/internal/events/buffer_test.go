package events_test

import (
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

func TestBufferKeepsTheBeginningAndNeverFails(t *testing.T) {
	var b events.Buffer
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
	if got := len(b.Bytes()); got != 2*len(chunk) {
		t.Errorf("kept %d bytes, want %d", got, 2*len(chunk))
	}
}
