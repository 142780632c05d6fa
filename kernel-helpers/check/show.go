package check

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// summary says in one sentence how many checks passed.
func (a *answer) summary() string {
	passed := 0
	for _, c := range a.Checks {
		if c.Verdict == "passed" {
			passed++
		}
	}
	return fmt.Sprintf("%d of %d public checks passed; hidden checks run after submission.", passed, len(a.Checks))
}

// saySameOnce leaves a reason with the first check that has it.
func (a *answer) saySameOnce() {
	said := map[string]bool{}
	for i := range a.Checks {
		c := &a.Checks[i]
		if c.Message != "" && said[c.Message] {
			c.Message = "As above."
		} else {
			said[c.Message] = true
		}
	}
}

// refused reports whether the program never came as far as its checks.
func (a *answer) refused() bool {
	switch a.Verdict {
	case "compile error", "not run yet", "rejected", "grader fault":
		return true
	}
	return false
}

// judged says what was judged, and in which sandbox it ran.
func (a *answer) judged() string {
	switch a.Sandbox {
	case "":
		return a.Judged // it never ran
	case "none":
		return a.Judged + ", without a sandbox"
	}
	return a.Judged + ", in the sandbox " + a.Sandbox
}

// text is the answer for terminals and screen readers.
func (a *answer) text() string {
	var b strings.Builder
	if a.refused() {
		fmt.Fprintf(&b, "%s: %s\n", a.Verdict, a.Message)
	} else {
		for _, c := range a.Checks {
			fmt.Fprintf(&b, "%-8s  %s\n", c.Verdict, c.Sentence)
			if c.Message != "" {
				fmt.Fprintf(&b, "          %s\n", strings.ReplaceAll(c.Message, "\n", "\n          "))
			}
		}
	}
	if a.Steps != nil {
		fmt.Fprintf(&b, "Step by step, where it goes wrong:\n  %s\nRun the same schedule again: %s\n", strings.Join(a.Steps, "\n  "), a.Again)
	}
	if a.Judged != "" {
		fmt.Fprintf(&b, "Judged: %s\n", a.judged())
	}
	for _, note := range a.Notes {
		fmt.Fprintf(&b, "Note: %s\n", note)
	}
	if a.Output != "" && a.Verdict != "passed" {
		fmt.Fprintf(&b, "Your program printed:\n%s\n", strings.TrimRight(a.Output, "\n"))
	}
	return b.String() + a.summary()
}

// html is the answer as a table. Its colours are the theme's, with the text's
// own colour for text, so that it reads on light and on dark.
func (a *answer) html() string {
	var b strings.Builder
	b.WriteString(`<div style="font-family: var(--jp-ui-font-family, sans-serif); line-height: 1.45; max-width: 60em">`)
	fmt.Fprintf(&b, `<div style="font-weight: 600; border-left: 4px solid %s; padding-left: 10px">%s</div>`, colour(a.Verdict), escape(a.summary()))
	if a.refused() {
		fmt.Fprintf(&b, `<p style="margin: 8px 0 0 14px"><b>%s</b>: %s</p>`, escape(a.Verdict), lines(a.Message))
	} else {
		b.WriteString(`<table style="margin: 8px 0 0 0; border-collapse: collapse; font-size: inherit; color: inherit; text-align: left">`)
		b.WriteString(`<thead><tr><th scope="col" style="text-align: left; padding: 4px 10px 4px 14px">Result</th><th scope="col" style="text-align: left; padding: 4px 10px">What is checked</th></tr></thead><tbody>`)
		for _, c := range a.Checks {
			b.WriteString(c.row())
		}
		b.WriteString(`</tbody></table>`)
	}
	if a.Steps != nil {
		fmt.Fprintf(&b, `<details style="margin: 8px 0 0 14px"><summary>Step by step, where it goes wrong</summary><pre style="margin: 4px 0 0 0">%s</pre></details>`+
			`<p style="margin: 8px 0 0 14px">Run the same schedule again: <code>%s</code></p>`, escape(strings.Join(a.Steps, "\n")), escape(a.Again))
	}
	if a.Judged != "" {
		fmt.Fprintf(&b, `<p style="margin: 8px 0 0 14px; color: var(--jp-ui-font-color2, #616161)">Judged: %s</p>`, escape(a.judged()))
	}
	for _, note := range a.Notes {
		fmt.Fprintf(&b, `<p style="margin: 8px 0 0 14px"><b>Note:</b> %s</p>`, lines(note))
	}
	if a.Output != "" && a.Verdict != "passed" {
		fmt.Fprintf(&b, `<details style="margin: 8px 0 0 14px"><summary>What your program printed</summary><pre>%s</pre></details>`, escape(a.Output))
	}
	b.WriteString(`</div>`)
	return b.String()
}

// picture is the failing schedule's, nil if there is none. In JSON, bytes are text.
func (a *answer) picture() display.Bundle {
	if len(a.Chart) == 0 {
		return nil
	}
	picture := display.Bundle(a.Chart)
	if text, ok := picture["image/png"].(string); ok {
		png, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			delete(picture, "image/png")
			return picture
		}
		picture["image/png"] = png
	}
	return picture
}

func (c *result) row() string {
	why := ""
	if c.Message != "" {
		why = fmt.Sprintf(`<div style="margin-top: 2px">%s</div>`, lines(c.Message))
	}
	sign := "✗"
	switch c.Verdict {
	case "passed":
		sign = "✓"
	case "not run":
		sign = "–"
	}
	weight := "600"
	if why == "" {
		weight = "400"
	}
	return fmt.Sprintf(`<tr><td style="text-align: left; vertical-align: top; white-space: nowrap; border-left: 4px solid %s; padding: 4px 10px">%s %s</td>`+
		`<td style="text-align: left; vertical-align: top; padding: 4px 10px"><span style="font-weight: %s">%s</span>%s</td></tr>`,
		colour(c.Verdict), sign, escape(c.Verdict), weight, escape(c.Sentence), why)
}

// colour is of the stripe beside a result; the words say the same.
func colour(verdict string) string {
	switch verdict {
	case "passed":
		return "var(--jp-success-color1, #2e7d32)"
	case "not run", "not run yet", "grader fault":
		return "var(--jp-warn-color1, #b26a00)"
	default:
		return "var(--jp-error-color1, #c62828)"
	}
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(s string) string { return escaper.Replace(s) }

func lines(s string) string { return strings.ReplaceAll(escape(s), "\n", "<br>") }
