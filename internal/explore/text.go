package explore

import (
	"fmt"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/explain"
)

// mostLines and mostOutput bound the steps that are printed, and the program's output.
const (
	mostLines  = 40
	mostOutput = 20
)

// Text is the report for a terminal.
func (r *Report) Text() string {
	var b strings.Builder
	passed := 0
	for _, one := range r.Results {
		if one.Verdict == explain.Passed {
			passed++
		}
		b.WriteString(one.text())
	}
	for _, out := range r.LeftOut {
		fmt.Fprintf(&b, "Left out: %s; %s.\n", out.Name, out.Why)
	}
	if len(r.Native) > 0 {
		fmt.Fprintf(&b, "Run as they are, without schedules of their own: %s.\n", strings.Join(r.Native, ", "))
	}
	fmt.Fprintf(&b, "Sandbox: %s\n%d of %d passed.\n", r.Sandbox, passed, len(r.Results))
	return b.String()
}

func (r *Result) text() string {
	const indent = "              "
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s  %s\n", r.Verdict, r.heading())
	if r.Verdict == explain.Passed {
		return b.String()
	}
	fmt.Fprintf(&b, "%s%s\n", indent, strings.ReplaceAll(r.Message, "\n", "\n"+indent))
	if len(r.Steps) > 0 {
		fmt.Fprintf(&b, "%sThe steps, with %s:\n", indent, held(len(r.Delays)))
		for _, line := range r.Lines() {
			fmt.Fprintf(&b, "%s%s\n", indent, line)
		}
	}
	if r.Output != "" {
		output := strings.Split(r.Output, "\n")
		if left := len(output) - mostOutput; left > 0 {
			output = append([]string{fmt.Sprintf("… %s before these", count(left, "line"))}, output[left:]...)
		}
		fmt.Fprintf(&b, "%sIt printed:\n%s  %s\n", indent, indent, strings.Join(output, "\n"+indent+"  "))
	}
	fmt.Fprintf(&b, "%sAgain: %s\n", indent, r.Replay)
	return b.String()
}

// heading says under which schedules it was judged so.
func (r *Result) heading() string {
	if r.Verdict == explain.Passed {
		return fmt.Sprintf("%s, under %s (%.1f s)", r.Name, count(r.Schedules, "schedule"), r.Seconds)
	}
	return fmt.Sprintf("%s, under schedule %d, the %s tried", r.Name, *r.Seed, ordinal(r.Schedules))
}

// Lines are the steps as a table: goroutine, place, code, and what is to be said.
func (r *Result) Lines() (lines []string) {
	steps := r.Steps
	if left := len(steps) - mostLines; left > 0 {
		lines = append(lines, fmt.Sprintf("  … %s before these (--json has them all)", count(left, "step")))
		steps = steps[left:]
	}
	who, where, what := 0, 0, 0
	for _, s := range steps {
		who, where, what = max(who, len(s.Goroutine)), max(where, len(s.Place)), max(what, len([]rune(s.Code)))
	}
	for _, s := range steps {
		line := fmt.Sprintf("  %-*s  %-*s  %-*s", who, s.Goroutine, where, s.Place, what, s.Code)
		if note := s.note(); note != "" {
			line += "  " + note
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	return lines
}

// note says what there is to say about a step beside its line.
func (s *Step) note() string {
	var notes []string
	if s.Times > 1 {
		notes = append(notes, fmt.Sprintf("%d times", s.Times))
	}
	if s.StartedBy != "" {
		notes = append(notes, "started by "+s.StartedBy)
	}
	if s.HeldBack > 0 {
		notes = append(notes, fmt.Sprintf("held back for %v", s.HeldBack.Round(10*time.Millisecond)))
	}
	if s.Waits != "" {
		notes = append(notes, "waits "+s.Waits)
	}
	if s.End != "" {
		notes = append(notes, "✗ "+s.End)
	}
	return strings.Join(notes, ", ")
}

func held(delays int) string {
	switch delays {
	case 0:
		return "no goroutine held back for long"
	case 1:
		return "a goroutine held back once"
	}
	return fmt.Sprintf("goroutines held back %d times", delays)
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func ordinal(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return fmt.Sprint(n, end)
}
