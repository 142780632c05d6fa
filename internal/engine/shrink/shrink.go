// Package shrink looks for the fewest delays with which a run under a schedule
// still ends as it did.
package shrink

import (
	"context"
	"os"
	"slices"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// Search says how the fewest delays are looked for.
type Search struct {
	Tries int  // the most runs whose end decides anything
	Ahead bool // the run that most likely comes next begins beside the one that is asked
}

// Delays leaves delays out as long as run says that a run with the rest ends as before,
// by returning what there is to know of it, and not nil. It returns the delays that are
// left, and the last such run, nil if nothing could be left out. It is delta debugging on
// complements alone: ever smaller parts are left out.
//
// With Ahead, run is called by two goroutines at a time, and its context ends when
// nothing depends on it any more: what is returned is the same.
func Delays[Run any](ctx context.Context, delays []record.Delay, s Search, run func(ctx context.Context, rest []record.Delay) (*Run, error)) ([]record.Delay, *Run, error) {
	var last *Run
	without := func(c cut) *try[Run] {
		if c.part == 0 || s.Tries == 0 {
			return nil
		}
		s.Tries--
		return begin(ctx, slices.Concat(delays[:c.at], delays[min(c.at+c.part, len(delays)):]), run)
	}
	here := cut{part: len(delays)}
	for now := without(here); now != nil; {
		next := here.needed(len(delays))
		var ahead *try[Run]
		if s.Ahead { // most parts are needed
			ahead = without(next)
		}
		got, err := now.end()
		if ahead != nil && (err != nil || got != nil) {
			ahead.stop()
			s.Tries++
		}
		switch {
		case err != nil:
			return delays, last, err
		case got != nil:
			delays, last = now.rest, got
			here = here.leftOut(len(delays))
			now = without(here)
		case s.Ahead:
			here, now = next, ahead
		default:
			here, now = next, without(next)
		}
	}
	return delays, last, nil
}

// cut is the part of the delays that is left out next.
type cut struct {
	part, at int
	smaller  bool // something was left out since at was 0
}

// needed is the cut after one without which a run ends otherwise.
func (c cut) needed(delays int) cut {
	c.at += c.part
	return c.settled(delays)
}

// leftOut is the cut after one that was not needed; so many delays are left.
func (c cut) leftOut(delays int) cut {
	c.smaller = true
	return c.settled(delays)
}

// settled begins again, most often with smaller parts, where there is nothing more to
// leave out.
func (c cut) settled(delays int) cut {
	if c.at < delays {
		return c
	}
	if !c.smaller || c.part == 1 {
		c.part /= 2
	}
	return cut{part: min(c.part, delays)}
}

// try is a run with the rest of the delays.
type try[Run any] struct {
	rest   []record.Delay
	cancel context.CancelFunc
	done   chan struct{}
	run    *Run
	err    error
}

func begin[Run any](ctx context.Context, rest []record.Delay, run func(context.Context, []record.Delay) (*Run, error)) *try[Run] {
	ctx, cancel := context.WithCancel(ctx)
	t := &try[Run]{rest: rest, cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(t.done)
		t.run, t.err = run(ctx, rest)
	}()
	return t
}

// end waits for the run.
func (t *try[Run]) end() (*Run, error) {
	<-t.done
	t.cancel()
	return t.run, t.err
}

// stop ends a run that nobody asks for any more.
func (t *try[Run]) stop() {
	t.cancel()
	<-t.done
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
