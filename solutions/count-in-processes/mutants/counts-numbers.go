//go:build ignore

// Waits for as many numbers as should come, also of a child that has crashed.
// Verdict: deadlock
// Check: TestCrash
// Says: q.Get(ctx)

package countinprocesses

import (
	"context"
	"errors"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

type Said struct{ Who, Number int }

type Job struct {
	Who, To int
	Out     *processes.Queue[Said]
}

func Count(job Job) error {
	for i := range job.To {
		if err := job.Out.Put(context.TODO(), Said{Who: job.Who, Number: i + 1}); err != nil {
			return err
		}
	}
	return nil
}

func CountTogether(
	ctx context.Context,
	count *processes.Action[Job],
	children, to int,
	hear func(Said),
) error {
	q := processes.NewQueue[Said](10)
	var all []*processes.Process
	for who := 1; who <= children; who++ {
		all = append(all, count.Start(ctx, Job{Who: who, To: to, Out: q}))
	}
	for range children * to {
		s, err := q.Get(ctx)
		if err != nil {
			return err
		}
		hear(s)
	}
	var errs []error
	for _, p := range all {
		errs = append(errs, p.Wait())
	}
	return errors.Join(errs...)
}
