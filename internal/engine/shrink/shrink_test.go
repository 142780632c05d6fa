package shrink

import (
	"slices"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

func TestTheFewestDelaysAreFound(t *testing.T) {
	var all []record.Delay
	for i := range 40 {
		all = append(all, record.Delay{Goroutine: int32(i % 3), Point: uint64(i)})
	}
	needed := []record.Delay{all[3], all[29]}
	asked := 0
	got, err := Delays(all, 100, func(rest []record.Delay) (bool, error) {
		asked++
		return slices.Contains(rest, needed[0]) && slices.Contains(rest, needed[1]), nil
	})
	if err != nil || !slices.Equal(got, needed) {
		t.Errorf("%v (%v), want %v", got, err, needed)
	}
	t.Logf("%d runs", asked)
}

func TestNoMoreRunsThanAllowed(t *testing.T) {
	all := make([]record.Delay, 40)
	asked := 0
	got, err := Delays(all, 7, func([]record.Delay) (bool, error) { asked++; return false, nil })
	if err != nil || len(got) != 40 || asked != 7 {
		t.Errorf("%d delays (%v) after %d runs", len(got), err, asked)
	}
}
