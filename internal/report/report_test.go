package report_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/report"
)

func TestCSVIsOneLineARow(t *testing.T) {
	var b strings.Builder
	err := report.CSV(&b, []report.Row{
		{Submission: "ann", Exercise: "adder", Verdict: engine.Passed, Points: 7.5, MaxPoints: 10, Report: &engine.Report{Sandbox: "landlock"}},
		{Submission: "=cmd()", Exercise: "adder", Verdict: engine.Failed, MaxPoints: 10, Message: "first\n\nsecond, \"quoted\""},
		{Submission: "bob", Exercise: "adder", Verdict: engine.GraderFault, MaxPoints: 10, Message: "disk full"},
	})
	want := `submission,exercise,verdict,points,max_points,message,sandbox
ann,adder,passed,7.5,10,,landlock
'=cmd(),adder,failed,0,10,"first; second, ""quoted""",
bob,adder,grader fault,,10,disk full,
`
	if err != nil || b.String() != want {
		t.Errorf("got\n%s, %v\nwant\n%s", b.String(), err, want)
	}
}

func TestPointsHaveNoNeedlessZeros(t *testing.T) {
	for points, want := range map[float64]string{0: "0", 10: "10", 7.5: "7.5", 11.25: "11.25", 100: "100"} {
		if got := report.Number(points); got != want {
			t.Errorf("%v is written %q, want %q", points, got, want)
		}
	}
}
