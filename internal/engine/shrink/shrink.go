// Package shrink looks for the fewest delays with which a run under a schedule
// still ends as it did.
package shrink

import (
	"os"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// Delays leaves delays out as long as still says that a run with the rest ends as
// before, of which it asks at most tries times. It is delta debugging on complements
// alone: ever smaller parts are left out.
func Delays(delays []record.Delay, tries int, still func(rest []record.Delay) (bool, error)) ([]record.Delay, error) {
	for part := len(delays); part > 0; {
		smaller := false
		for at := 0; at < len(delays); {
			if tries--; tries < 0 {
				return delays, nil
			}
			rest := slices.Concat(delays[:at], delays[min(at+part, len(delays)):])
			same, err := still(rest)
			switch {
			case err != nil:
				return delays, err
			case same:
				delays, smaller = rest, true
			default:
				at += part
			}
		}
		if !smaller || part == 1 {
			part /= 2
		}
		part = min(part, len(delays))
	}
	return delays, nil
}

// Long returns the long delays of a run, in their order.
func Long(events []record.Event) []record.Delay {
	delays := []record.Delay{}
	for _, e := range events {
		if e.Kind == record.HeldBack && e.Long {
			delays = append(delays, record.Delay{Goroutine: e.Goroutine, Point: e.Point})
		}
	}
	return delays
}

// Events returns what a file made by record.Create holds.
func Events(file *os.File) ([]record.Event, error) {
	log, err := record.Open(file.Fd())
	if err != nil {
		return nil, err
	}
	defer log.Close()
	return log.Recorded(), nil
}

// Clear empties such a file for the next run.
func Clear(file *os.File) error {
	if err := file.Truncate(0); err != nil {
		return err
	}
	return file.Truncate(int64(record.Size))
}
