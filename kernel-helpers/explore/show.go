package explore

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// text is the answer for terminals and screen readers.
func (a *answer) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", a.Verdict, a.Heading)
	if a.Message != "" {
		fmt.Fprintln(&b, a.Message)
	}
	for _, line := range a.Steps {
		fmt.Fprintln(&b, line)
	}
	if a.Output != "" {
		fmt.Fprintf(&b, "It printed:\n%s\n", a.Output)
	}
	if a.Again != "" {
		fmt.Fprintf(&b, "Again: %s\n", a.Again)
	}
	if a.Native != nil {
		fmt.Fprintf(&b, "Run as they are, without schedules of their own: %s\n", strings.Join(a.Native, ", "))
	}
	if a.confined() {
		fmt.Fprintf(&b, "Sandbox: %s\n", a.Sandbox)
	}
	return strings.TrimRight(b.String(), "\n")
}

// confined reports whether the snippet ran otherwise than the cell itself does, which
// has no sandbox.
func (a *answer) confined() bool { return a.Sandbox != "" && a.Sandbox != "none" }

// html is the answer in the theme's colours.
func (a *answer) html() string {
	colour := "var(--jp-error-color1, #c62828)"
	switch a.Verdict {
	case "passed":
		colour = "var(--jp-success-color1, #2e7d32)"
	case "inconclusive":
		colour = "var(--jp-warn-color1, #b26a00)"
	}
	var b strings.Builder
	b.WriteString(`<div style="font-family: var(--jp-ui-font-family, sans-serif); line-height: 1.45; max-width: 60em">`)
	fmt.Fprintf(&b, `<div style="border-left: 4px solid %s; padding-left: 10px"><b>%s</b>: %s</div>`, colour, escape(a.Verdict), escape(a.Heading))
	paragraph := func(text string) {
		fmt.Fprintf(&b, `<p style="margin: 8px 0 0 14px">%s</p>`, strings.ReplaceAll(text, "\n", "<br>"))
	}
	details := func(summary, text string) {
		fmt.Fprintf(&b, `<details style="margin: 8px 0 0 14px"><summary>%s</summary><pre style="margin: 4px 0 0 0">%s</pre></details>`, summary, escape(text))
	}
	if a.Message != "" {
		paragraph(escape(a.Message))
	}
	if a.Steps != nil {
		details("Step by step", strings.Join(a.Steps, "\n"))
	}
	if a.Output != "" {
		details("What it printed", a.Output)
	}
	if a.Again != "" {
		paragraph("The same again: <code>" + escape(a.Again) + "</code>")
	}
	if a.Native != nil {
		paragraph("Run as they are, without schedules of their own: " + escape(strings.Join(a.Native, ", ")))
	}
	if a.confined() {
		paragraph("Sandbox: " + escape(a.Sandbox))
	}
	b.WriteString(`</div>`)
	return b.String()
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

func escape(s string) string { return escaper.Replace(s) }

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
