// Package hidden holds the hidden checks of control-loop.
package hidden

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/control-loop"
	"github.com/interleave-lab/interleave/exercises/control-loop/checks/rig"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// control runs Control for so long, and returns when it has returned.
func control(t *testing.T, long time.Duration, read func(context.Context) (float64, error), act func(float64), sense, drive time.Duration) (missed int) {
	t.Helper()
	return rig.Control(exercise.Control).Run(t, long, read, act, sense, drive)
}

// TestNothingYet: the actuator waits for the first reading that does not fail.
//
//interleave:points 2
func TestNothingYet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		drives := probe.NewJournal[float64](9)
		missed := control(t, 3300*time.Millisecond, func(context.Context) (float64, error) {
			if n++; n < 3 {
				return 0, context.DeadlineExceeded
			}
			return 7, nil
		}, drives.Note, time.Second, 700*time.Millisecond)
		if missed != 2 {
			t.Errorf("Two readings failed, and Control says that it missed %d.", missed)
		}
		if drives.Total() != 0 {
			t.Errorf("The first reading came after 3 s, and the actuator was driven %d times before there was one.", drives.Total())
		}
	})
}

// TestReadingsGoForward: whatever the schedule, the actuator never gets an older reading than before.
//
//interleave:points 2
func TestReadingsGoForward(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		n := 0.0
		drives := probe.NewJournal[float64](100)
		control(t, 30*time.Minute, func(context.Context) (float64, error) {
			n++
			return n, nil
		}, drives.Note, time.Minute, time.Minute)
		for i, reading := range drives.Notes() {
			if i > 0 && reading < drives.Notes()[i-1] {
				t.Fatalf("The actuator was driven with reading %v after reading %v.", reading, drives.Notes()[i-1])
			}
		}
	})
}

// TestEndIsNoMiss: a reading that the end breaks off is waited for, and is not missed.
func TestEndIsNoMiss(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var readings probe.Load
		missed := control(t, 5500*time.Millisecond, func(ctx context.Context) (float64, error) {
			readings.Enter()
			defer readings.Leave()
			if readings.Total() == 5 {
				<-ctx.Done()
				time.Sleep(100 * time.Millisecond) // and a while longer
			}
			return 1, ctx.Err()
		}, func(float64) {}, time.Second, 1300*time.Millisecond)
		if missed != 0 {
			t.Errorf("The end broke off a reading, which is no miss, and Control says that it missed %d.", missed)
		}
		if readings.Now() > 0 {
			t.Error("A reading was under way at the end, and Control did not wait for it.")
		}
	})
}

// TestEndedBefore: a context that has ended before the start lets nothing begin.
func TestEndedBefore(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		var calls probe.Load
		missed := control(t, 0, func(context.Context) (float64, error) {
			calls.Enter()
			return 0, nil
		}, func(float64) { calls.Enter() }, time.Second, time.Second)
		if calls.Total() > 0 || missed > 0 {
			t.Errorf("The context had ended before Control began, and there were %d calls of read and act and %d missed readings.", calls.Total(), missed)
		}
	})
}
