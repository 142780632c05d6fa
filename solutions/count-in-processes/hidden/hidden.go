// Package hidden holds the hidden checks of count-in-processes.
package hidden

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	exercise "github.com/interleave-lab/interleave/exercises/count-in-processes"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var (
	tired = processes.NewAction("hidden.tired", func(job exercise.Job) error {
		if err := job.Out.Put(context.Background(), exercise.Said{Who: job.Who, Number: 1}); err != nil {
			return err
		}
		if job.Who == 1 {
			return errors.New("too tired to go on")
		}
		return nil
	})
	endless = processes.NewAction("hidden.endless", func(exercise.Job) error {
		time.Sleep(time.Hour) // until it is killed
		return nil
	})
)

// TestFailure: a child that fails is reported, and what it said before is heard.
//
//interleave:points 2
func TestFailure(t *testing.T) {
	heard := 0
	err := exercise.CountTogether(t.Context(), tired, 2, 5, func(exercise.Said) { heard++ })
	if err == nil || !strings.Contains(err.Error(), "too tired") {
		t.Errorf("A child failed with \"too tired to go on\", and the error of CountTogether is %v.", err)
	}
	if heard != 2 {
		t.Errorf("Two children said one number each before they ended, and %d were heard.", heard)
	}
}

// TestGivingUp: when the context ends, so do the children and the count.
//
//interleave:points 2
func TestGivingUp(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if err := exercise.CountTogether(ctx, endless, 2, 5, func(exercise.Said) {}); err == nil {
		t.Error("The context ended the child processes, and CountTogether returned no error.")
	}
}
