// Package check judges an exercise from the notebook. A check cell is one call:
//
//	import "github.com/interleave-lab/interleave/kernel-helpers/check"
//
//	%%
//	check.Exercise("page-downloader")
//
// The kernel would find the import by itself, and look for it again in each check.
//
// It judges the program that the kernel holds at this moment, which is what the
// cell was compiled from, by the exercise's public checks, and shows what passed,
// what did not, and why. The judging is the interleave command's, in processes of
// its own; this package only asks and shows.
//
// Use it in the check cells of exercises. In a terminal interleave check does the
// same, and tests of one's own Go code belong into package testing.
package check

import (
	"fmt"
	"os"
	"strconv"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// Exercise judges the answer to the exercise with this name, that of its folder in
// exercises, and shows the result under the cell. Unless all public checks passed it
// ends the cell as failed (os.Exit), so nothing after it runs, deferred calls neither.
//
// What keeps it from judging (no such exercise, no interleave command, a program that
// is no cell's) ends the cell as well, with a sentence on standard error that starts
// with "check: " and says what to do.
//
// A check of goroutines runs under many schedules. Where one makes it fail, a picture
// below shows its steps in their order, and [Seed] runs it again.
func Exercise(slug string) { judge(slug) }

// Seed judges as [Exercise] does, but under the schedule with this seed alone. What went
// wrong under it goes wrong in the same way.
func Seed(slug string, seed uint64) { judge(slug, "--seed", strconv.FormatUint(seed, 10)) }

func judge(slug string, options ...string) {
	answer, err := ask(slug, options...)
	if err != nil {
		fmt.Fprintln(os.Stderr, "check:", err)
		os.Exit(1)
	}
	if err := display.Show(display.Bundle{"text/html": answer.html(), "text/plain": answer.text()}); err != nil {
		// The kernel shows no more than text.
		fmt.Println(answer.text())
	} else if picture := answer.picture(); picture != nil {
		if err := display.Show(picture); err != nil {
			fmt.Fprintln(os.Stderr, "check: the picture of the schedule cannot be shown:", err)
		}
	}
	if answer.Verdict != "passed" {
		// Only a process that fails makes a failed cell, which nbgrader looks for.
		// The kernel then writes "exit status 1" twice and asks nobody: to stderr,
		// where it goes on with this line, and as the cell's error.
		fmt.Fprint(os.Stderr, "Not all checks passed: ")
		os.Exit(1)
	}
}
