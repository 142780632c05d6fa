// Package explore judges a snippet of Go in a cell under many schedules:
//
//	%%
//	explore.Run(func() {
//		var count int
//		var group sync.WaitGroup
//		for range 2 {
//			group.Go(func() { count++ })
//		}
//		group.Wait()
//	})
//
// The snippet is compiled anew, with the race detector, and runs in virtual time, in
// which goroutines are held back in ever other ways: a sleep costs nothing, and a
// mistake that shows once in a thousand runs most often shows here within ten. The
// answer is shown under the cell: a race, a deadlock with who waits for whom, goroutines
// that are left behind, a panic, or that all schedules passed. Of a schedule that failed
// it shows the steps, in a picture and as a list, with as few goroutines held back as it
// takes.
//
// The snippet may use all that cells have declared, and nothing else of its own cell. A
// panic is how it says that a result is wrong. What it does with the network, files or
// other processes cannot be judged, and the answer says so.
//
// Use it to try a few lines. In a terminal interleave explore judges the tests of a
// whole package, and package check an exercise.
package explore

import (
	"fmt"
	"os"
	"runtime"
	"strconv"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// Run explores f under 200 schedules, or fewer if one fails, and shows what came of it.
// f is not called in the cell's own process, and has to stand in the call, or to be
// declared by a cell. Under one cell there may be several calls.
//
// What keeps it from judging (no kernel, a snippet that uses variables of its cell) ends
// the cell as failed, with a sentence on standard error that starts with "explore: " and
// says what to do. A snippet that is wrong does not.
func Run(f func()) { explore() }

// Seed explores f as [Run] does, but under the schedule with this seed alone: what
// failed under it fails in the same way.
func Seed(seed uint64, f func()) { explore("--seed", strconv.FormatUint(seed, 10)) }

func explore(options ...string) {
	_, _, line, _ := runtime.Caller(2)
	answer, err := ask(line, options...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "explore:", err)
		os.Exit(1)
	}
	if err := display.Show(display.Bundle{"text/html": answer.html(), "text/plain": answer.text()}); err != nil {
		// The kernel shows no more than text.
		fmt.Println(answer.text())
		return
	}
	if picture := answer.picture(); picture != nil {
		if err := display.Show(picture); err != nil {
			fmt.Fprintln(os.Stderr, "explore: the picture of the schedule cannot be shown:", err)
		}
	}
}
