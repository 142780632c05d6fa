//go:build ignore

// Waits for the children before it listens, and they wait for room in the queue.
// Verdict: deadlock
// Check: TestEveryNumber
// Says: child.Wait())), for a child process to end; 2 child processes wait at

package countinprocesses

import (
	"context"
	"errors"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// Said is a number that a child process has counted.
type Said struct{ Who, Number int }

// Job is what a child process is told: who it is, how far it counts, and where
// to put what it says.
type Job struct {
	Who, To int
	Out     *processes.Queue[Said]
}

// Count puts the numbers from 1 to job.To into job.Out, in their order.
func Count(job Job) error {
	for number := 1; number <= job.To; number++ {
		if err := job.Out.Put(context.Background(), Said{job.Who, number}); err != nil {
			return err
		}
	}
	return nil
}

// CountTogether has so many child processes run count at the same time, each of
// them to the number to, and calls hear with every number as it arrives, from
// one thread. It returns when all of them have ended, with their errors.
func CountTogether(
	ctx context.Context,
	count *processes.Action[Job],
	children, to int,
	hear func(Said),
) error {
	out := processes.NewQueue[Said](4)
	running := make([]*processes.Process, children)
	for i := range running {
		running[i] = count.Start(ctx, Job{Who: i + 1, To: to, Out: out})
	}

	var errs []error
	for _, child := range running {
		errs = append(errs, child.Wait())
	}
	errs = append(errs, out.Close())
	for {
		said, err := out.Get(context.Background())
		if err != nil {
			return errors.Join(errs...)
		}
		hear(said)
	}
}
