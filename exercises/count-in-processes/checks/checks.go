// Package checks holds the public checks of count-in-processes.
package checks

import (
	"context"
	"errors"
	"fmt"
	"testing"

	exercise "github.com/interleave-lab/interleave/exercises/count-in-processes"
	"github.com/interleave-lab/interleave/internal/engine/probe"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// What the child processes of these checks run.
var (
	count  = processes.NewAction("checks.count", exercise.Count)
	attend = processes.NewAction("checks.attend", func(job exercise.Job) error {
		defer probe.Attend(fmt.Sprint(job.Who))()
		return say(job)
	})
	crash = processes.NewAction("checks.crash", func(job exercise.Job) error {
		if job.Who == 2 {
			panic("a bit flipped")
		}
		return say(job)
	})
)

// say is what Count has to do.
func say(job exercise.Job) error {
	for number := 1; number <= job.To; number++ {
		if err := job.Out.Put(context.Background(), exercise.Said{Who: job.Who, Number: number}); err != nil {
			return err
		}
	}
	return nil
}

// listen returns what each of the children has said; hear must not be called by
// two threads at once.
func listen(t *testing.T, what *processes.Action[exercise.Job], children, to int) (said map[int][]int, err error) {
	t.Helper()
	heard := probe.NewJournal[exercise.Said](children * to)
	var hearing probe.Load
	err = exercise.CountTogether(t.Context(), what, children, to, func(s exercise.Said) {
		hearing.Enter()
		defer hearing.Leave()
		heard.Note(s)
	})
	if hearing.Most() > 1 {
		t.Fatalf("%d threads called hear at once. Call it from one at a time.", hearing.Most())
	}
	said = map[int][]int{}
	for _, s := range heard.Notes() {
		said[s.Who] = append(said[s.Who], s.Number)
	}
	return said, err
}

// complete fails the check unless who has said the numbers from 1 to to.
func complete(t *testing.T, who int, numbers []int, to int) {
	t.Helper()
	for i, number := range numbers {
		if number != i+1 {
			t.Fatalf("Child %d counts from 1 to %d, and hear was called with its %d where %d belongs.", who, to, number, i+1)
		}
	}
	if len(numbers) != to {
		t.Fatalf("Child %d said the numbers from 1 to %d, and hear was called with %d of them.", who, to, len(numbers))
	}
}

// TestCount: Count puts the numbers from 1 to job.To into the queue.
//
//interleave:points 2
func TestCount(t *testing.T) {
	out := processes.NewQueue[exercise.Said](20)
	if err := exercise.Count(exercise.Job{Who: 7, To: 10, Out: out}); err != nil {
		t.Fatalf("There was room in the queue, and Count returned the error %q.", err)
	}
	if err := out.Close(); err != nil {
		t.Fatalf("Count has returned, and its queue cannot be closed: %v.", err)
	}
	for number := 1; number <= 10; number++ {
		got, err := out.Get(t.Context())
		if err != nil {
			t.Fatalf("Child 7 counts to 10, and %d numbers came out of its queue before the error %q.", number-1, err)
		}
		if want := (exercise.Said{Who: 7, Number: number}); got != want {
			t.Fatalf("Number %d that child 7 puts into the queue should be %+v, and is %+v.", number, want, got)
		}
	}
	if got, err := out.Get(t.Context()); !errors.Is(err, processes.ErrClosed) {
		t.Errorf("Child 7 counts to 10, and after 10 numbers the queue held another: %+v, error %v.", got, err)
	}
}

// TestEveryNumber: every number of two children is heard, and no other.
//
//interleave:points 2
func TestEveryNumber(t *testing.T) {
	said, err := listen(t, count, 2, 10)
	if err != nil {
		t.Fatalf("Both children counted to their end, and CountTogether returned the error %q.", err)
	}
	complete(t, 1, said[1], 10)
	complete(t, 2, said[2], 10)
	if said, err = listen(t, count, 1, 3); err != nil {
		t.Fatalf("Called a second time, CountTogether returned the error %q. Begin anew in each call.", err)
	}
	complete(t, 1, said[1], 3)
}

// TestMoreThanAQueueHolds: the children count further than a queue can hold.
//
//interleave:points 3
func TestMoreThanAQueueHolds(t *testing.T) {
	const to = 3000
	said, err := listen(t, count, 2, to)
	if err != nil {
		t.Fatalf("Both children counted to their end, and CountTogether returned the error %q.", err)
	}
	complete(t, 1, said[1], to)
	complete(t, 2, said[2], to)
}

// TestAtTheSameTime: all children count at the same time, each in a process of its own.
//
//interleave:points 3
func TestAtTheSameTime(t *testing.T) {
	const children = 3
	meeting := probe.Meet(t, children)
	if _, err := listen(t, attend, children, 2); err != nil {
		t.Fatalf("All children counted to their end, and CountTogether returned the error %q.", err)
	}
	switch {
	case meeting.Children() == 0:
		t.Error("No child process was started. Call count.Start.")
	case meeting.Children() < children:
		t.Errorf("%d children counted in %d processes. Each needs one of its own.", children, meeting.Children())
	case meeting.Most() == 1:
		t.Error("The children counted one after another. Start all before you listen to the first.")
	case meeting.Most() < children:
		t.Errorf("Only %d of %d children counted at once. Start all before you listen to the first.", meeting.Most(), children)
	}
}

// TestCrash: a child that crashes is reported, and the others are heard to their end.
//
//interleave:points 3
func TestCrash(t *testing.T) {
	said, err := listen(t, crash, 3, 20)
	if exit := (*processes.ExitError)(nil); !errors.As(err, &exit) {
		t.Errorf("A child process crashed, and the error of CountTogether is %v. Return the error of Wait, or wrap it with %%w.", err)
	}
	complete(t, 1, said[1], 20)
	complete(t, 3, said[3], 20)
}
