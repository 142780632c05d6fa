package jupyter

import (
	"fmt"
	"strings"
	"time"
)

// Result is what became of one cell.
type Result struct {
	Failed   bool
	Count    int   // the kernel's execution count
	Outputs  []any // as nbformat keeps them: decoded JSON
	Duration time.Duration
}

// Text returns everything that the cell showed as text, in order: what it
// printed, and the text/plain of what it displayed.
func (r *Result) Text() string {
	var b strings.Builder
	for _, output := range r.Outputs {
		fields, _ := output.(map[string]any)
		switch fields["output_type"] {
		case "stream":
			fmt.Fprint(&b, fields["text"])
		case "display_data", "execute_result":
			data, _ := fields["data"].(map[string]any)
			if text, ok := data["text/plain"].(string); ok {
				b.WriteString(text + "\n")
			}
		}
	}
	return b.String()
}

// Error returns what the cell said of its failure: what it printed to its
// standard error (a panic, a deadlock, a race) and what the kernel added (a
// compile error, the exit status). "" when it did not fail.
func (r *Result) Error() string {
	if !r.Failed {
		return ""
	}
	var b strings.Builder
	for _, output := range r.Outputs {
		fields, _ := output.(map[string]any)
		switch {
		case fields["output_type"] == "stream" && fields["name"] == "stderr":
			fmt.Fprint(&b, fields["text"])
		case fields["output_type"] == "error":
			lines, _ := fields["traceback"].([]any)
			if len(lines) == 0 {
				lines = []any{fields["evalue"]}
			}
			for _, line := range lines {
				fmt.Fprintln(&b, line)
			}
		}
	}
	return b.String()
}

// Bundles returns what the cell displayed: one map from MIME type to content
// for each output.
func (r *Result) Bundles() []map[string]any {
	var all []map[string]any
	for _, output := range r.Outputs {
		fields, _ := output.(map[string]any)
		if data, ok := fields["data"].(map[string]any); ok {
			all = append(all, data)
		}
	}
	return all
}

// joinStreams joins neighbouring outputs of one stream, as a notebook shows
// them: a kernel sends them in pieces.
func joinStreams(outputs []any) []any {
	var joined []any
	for i := 0; i < len(outputs); {
		first, _ := outputs[i].(map[string]any)
		end := i + 1
		if first["output_type"] == "stream" {
			var text strings.Builder
			fmt.Fprint(&text, first["text"])
			for ; end < len(outputs); end++ {
				next, _ := outputs[end].(map[string]any)
				if next["output_type"] != "stream" || next["name"] != first["name"] {
					break
				}
				fmt.Fprint(&text, next["text"])
			}
			first["text"] = text.String()
		}
		joined = append(joined, outputs[i])
		i = end
	}
	return joined
}
