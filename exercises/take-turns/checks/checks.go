// Package checks holds the public checks of take-turns.
package checks

import (
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/take-turns"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/internal/engine/schedule"
)

// said is one call of say.
type said struct {
	voice, number int
	thread        int32
}

// listen has the numbers to n said, and returns the calls in their order.
func listen(t *testing.T, n int) []said {
	t.Helper()
	calls := probe.NewJournal[said](n)
	exercise.TakeTurns(n, func(voice, number int) {
		calls.Note(said{voice, number, schedule.Self()})
	})
	if calls.Total() != n {
		t.Fatalf("TakeTurns(%d, say) said %d numbers before it returned.", n, calls.Total())
	}
	return calls.Notes()
}

// TestInOrder: the numbers from 1 to 10 are said in their order, odd ones by voice 1 and even ones by voice 2.
//
//interleave:points 3
func TestInOrder(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		for i, call := range listen(t, 10) {
			if call.number != i+1 {
				t.Fatalf("%d was said where %d comes. A voice spoke out of order, before its turn.", call.number, i+1)
			}
			if want := 2 - call.number%2; call.voice != want {
				t.Fatalf("%d was said by voice %d, and belongs to voice %d.", call.number, call.voice, want)
			}
		}
	})
}

// TestTwoThreads: each voice is one thread of its own.
//
//interleave:points 3
func TestTwoThreads(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		voices := map[int]map[int32]bool{1: {}, 2: {}}
		for _, call := range listen(t, 6) {
			if voices[call.voice] == nil {
				t.Fatalf("There is no voice %d, only 1 and 2.", call.voice)
			}
			voices[call.voice][call.thread] = true
		}
		for voice, threads := range voices {
			if len(threads) > 1 {
				t.Fatalf("The numbers of voice %d were said by %d threads. Start one thread for each voice, not for each number.", voice, len(threads))
			}
			for thread := range threads {
				if voices[3-voice][thread] {
					t.Fatal("One thread said all the numbers. Start one for each voice.")
				}
			}
		}
	})
}

// TestOneAtATime: nobody speaks while the other still does.
//
//interleave:points 2
func TestOneAtATime(t *testing.T) {
	schedule.Test(t, func(t *testing.T) {
		var speaking probe.Load
		exercise.TakeTurns(6, func(int, int) {
			speaking.Enter()
			time.Sleep(time.Second)
			speaking.Leave()
		})
		if speaking.Most() > 1 {
			t.Error("Both voices spoke at the same time. Hand the turn over when say has returned.")
		}
	})
}
