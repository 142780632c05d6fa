// Package checks holds the public checks of control-loop.
package checks

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/control-loop"
	"github.com/interleave-lab/interleave/exercises/control-loop/checks/rig"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

const (
	sense = 100 * time.Millisecond
	drive = 230 * time.Millisecond // never at the time of a reading, within 2 s
)

// control runs Control for so long, and returns when it has returned.
func control(t *testing.T, long time.Duration, read func(context.Context) (float64, error), act func(float64)) (missed int) {
	t.Helper()
	return rig.Control(exercise.Control).Run(t, long, read, act, sense, drive)
}

// TestOnTime: the sensor is read at its times, also when a reading takes a while.
//
//interleave:points 3
func TestOnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		times := probe.NewJournal[time.Duration](20)
		control(t, 1050*time.Millisecond, func(context.Context) (float64, error) {
			times.Note(time.Since(began))
			time.Sleep(60 * time.Millisecond)
			return 1, nil
		}, func(float64) {})
		for i, at := range times.Notes() {
			if due := time.Duration(i+1) * sense; at != due {
				t.Fatalf("Reading %d was due after %v and began after %v. What one reading takes must not shift the next.", i+1, due, at)
			}
		}
		if times.Total() != 10 {
			t.Errorf("In 1.05 s there was time for 10 readings, one every %v, and there were %d.", sense, times.Total())
		}
	})
}

// TestNewest: the actuator is driven at its times, with the newest reading.
//
//interleave:points 3
func TestNewest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		type drive struct {
			at      time.Duration
			reading float64
		}
		drives := probe.NewJournal[drive](20)
		n := 0.0
		control(t, 950*time.Millisecond, func(context.Context) (float64, error) {
			n++
			return n, nil
		}, func(reading float64) { drives.Note(drive{time.Since(began), reading}) })
		want := []drive{{230 * time.Millisecond, 2}, {460 * time.Millisecond, 4}, {690 * time.Millisecond, 6}, {920 * time.Millisecond, 9}}
		for i, got := range drives.Notes() {
			if i < len(want) && got != want[i] {
				t.Fatalf("The actuator was due after %v, and the newest reading was number %v then. It was driven after %v, with number %v.", want[i].at, want[i].reading, got.at, got.reading)
			}
		}
		if drives.Total() != len(want) {
			t.Errorf("In 0.95 s the actuator was due %d times, and was driven %d times.", len(want), drives.Total())
		}
	})
}

// TestSlowActuator: an actuator that is slow does not hold up the sensor.
//
//interleave:points 2
func TestSlowActuator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var readings probe.Load
		control(t, 1050*time.Millisecond, func(context.Context) (float64, error) {
			readings.Enter()
			if at, due := time.Since(began), time.Duration(readings.Total())*sense; at != due {
				t.Errorf("Reading %d was due after %v, and the actuator held up the sensor until %v. Give each a thread of its own.", readings.Total(), due, at)
			}
			return 1, nil
		}, func(float64) { time.Sleep(350 * time.Millisecond) })
		if readings.Total() != 10 && !t.Failed() {
			t.Errorf("There was time for 10 readings, and there were %d. The actuator held up the sensor: give each a thread of its own.", readings.Total())
		}
	})
}

// TestDeadline: a reading that comes too late, or fails, is missed, and the next one is on time.
//
//interleave:points 3
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var readings probe.Load
		seen := probe.NewJournal[float64](20)
		missed := control(t, 1050*time.Millisecond, func(ctx context.Context) (float64, error) {
			readings.Enter()
			n := readings.Total()
			if at, due := time.Since(began), time.Duration(n)*sense; at > due {
				t.Errorf("Reading %d was due after %v, when the one before it was still under way. The ctx of a reading has to end when the next is due.", n, due)
			}
			switch n {
			case 3: // it hangs
				<-ctx.Done()
				return -1, ctx.Err()
			case 5: // it fails
				return -1, errors.New("the sensor is wet")
			}
			return float64(n), nil
		}, seen.Note)
		if readings.Total() == 3 {
			t.Fatal("Reading 3 hung, and it was still under way at the end. The ctx of a reading has to end when the next is due.")
		}
		if missed != 2 && !t.Failed() {
			t.Errorf("One reading hung and one failed, and Control says that it missed %d, not 2.", missed)
		}
		if again := control(t, 250*time.Millisecond, func(context.Context) (float64, error) { return 1, nil }, func(float64) {}); again != 0 {
			t.Errorf("Called a second time, Control says that it missed %d, and no reading failed. Begin anew in each call.", again)
		}
		for _, reading := range seen.Notes() {
			if reading < 0 {
				t.Error("The actuator was driven with a reading that had failed.")
			}
		}
	})
}

// TestEnds: when the context ends, a call under way is waited for, no other begins, and both threads end.
//
//interleave:points 3
func TestEnds(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		// Minutes, since a schedule holds threads back for seconds, and the same for
		// both, so that they meet.
		const every = time.Minute
		var over, under probe.Load
		began := time.Now()
		rig.Control(exercise.Control).Run(t, 21*every/2, func(ctx context.Context) (float64, error) {
			under.Enter()
			defer under.Leave()
			if time.Since(began) > 20*every {
				over.Enter()
			}
			if time.Since(began) > 9*every {
				<-ctx.Done() // of the whole, or of this reading
				return 0, ctx.Err()
			}
			return 1, nil
		}, func(float64) {
			under.Enter()
			defer under.Leave()
			if time.Since(began) > 20*every {
				over.Enter()
			}
		}, every, every)
		if under.Now() > 0 {
			t.Error("Control returned while a call of read or act was under way. Wait for both threads.")
		}
		if n := over.Total(); n > 0 {
			t.Errorf("The context had ended long ago, and read and act were called %d times since.", n)
		}
	})
}
