// Package report turns judgements into what people and programs read: text for
// a terminal, JSON, CSV.
package report

import (
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
)

// writeChecks writes a line for each check, and why it did not pass; of a program that
// came to no check, the reason.
func writeChecks(b *strings.Builder, r *engine.Report) {
	if !ran(r) {
		fmt.Fprintf(b, "  %s: %s\n", r.Verdict, strings.ReplaceAll(r.Message, "\n", "\n    "))
		return
	}
	said := map[string]bool{}
	for _, c := range r.Checks {
		fmt.Fprintf(b, "  %-8s  %s\n", c.Verdict, c.Sentence)
		switch {
		case c.Message != "" && said[c.Message]:
			fmt.Fprint(b, "            As above.\n")
		case c.Message != "":
			said[c.Message] = true
			fmt.Fprintf(b, "            %s\n", strings.ReplaceAll(c.Message, "\n", "\n            "))
		}
	}
}

// Summary is one sentence: how many checks passed.
func Summary(r *engine.Report) string {
	passed, all := r.Passed(false)
	hiddenPassed, hiddenAll := r.Passed(true)
	if hiddenAll == 0 {
		return fmt.Sprintf("%d of %d public checks passed; hidden checks run after submission.", passed, all)
	}
	return fmt.Sprintf("%d of %d public and %d of %d hidden checks passed: %s of %d points.",
		passed, all, hiddenPassed, hiddenAll, Number(r.Points), r.MaxPoints)
}

// ran reports whether the program came as far as its checks.
func ran(r *engine.Report) bool {
	return r.Verdict != engine.CompileError && r.Verdict != engine.Rejected && r.Verdict != engine.GraderFault
}

// Number writes points without needless zeros.
func Number(points float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.2f", points), "0"), ".")
}
