package exercise

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// Origin says of which release of the course an answer's notebook is, as far as that
// is known. It is told and kept, and decides nothing: a notebook may say of itself
// what it likes.
type Origin struct {
	Release string   `json:"release,omitempty"` // the notebook's; "" when it says none
	Course  string   `json:"course,omitempty"`  // the release that it was judged by; "" when nobody said which
	Changed []string `json:"changed,omitempty"` // what the notebook holds otherwise than that one, in words
}

// releaseForm is how a release is called.
var releaseForm = regexp.MustCompile(`^[0-9a-f]{12}$`)

// releaseIn returns the release that a notebook's metadata names, or "", whatever else
// stands there.
func releaseIn(metadata []byte) string {
	var own struct{ Interleave json.RawMessage }
	var said struct{ Release json.RawMessage }
	var release string
	if json.Unmarshal(metadata, &own) != nil || json.Unmarshal(own.Interleave, &said) != nil || json.Unmarshal(said.Release, &release) != nil {
		return ""
	}
	if !releaseForm.MatchString(release) {
		return ""
	}
	return release
}

// OriginOf returns the origin of the notebook that answers the exercise; nil when none
// does.
func (e *Exercise) OriginOf(h *HandedIn) *Origin {
	for _, n := range e.notebooksOf(h) {
		return e.origin(n.notebook)
	}
	return nil
}

func (e *Exercise) origin(n *notebook.Notebook) *Origin {
	o := &Origin{Course: e.Release}
	own, _ := n.Metadata["interleave"].(map[string]any)
	o.Release, _ = own["release"].(string)
	seen := map[string]bool{}
	for _, c := range n.Cells {
		part := ""
		switch nb, _ := c.Metadata["nbgrader"].(map[string]any); {
		case Belongs(c) == e.Slug && c.Type == notebook.Code:
			part = "the graded cell"
			if !differs(nb, e.released()) {
				continue
			}
		case isCheck(c) && nb["grade_id"] == e.Slug+"-check":
			part = "the check cell"
			if !differs(nb, e.releasedCheck()) {
				continue
			}
		case c.Type == notebook.Markdown && o.other() && e.isTask(c):
			part = "the task's text" // learners write into it, too
			if text, err := e.Text(); err != nil || strings.TrimSpace(c.Source) == strings.TrimSpace(text) {
				continue
			}
		}
		if part != "" && !seen[part] {
			seen[part] = true
			o.Changed = append(o.Changed, part)
		}
	}
	return o
}

// other reports whether the notebook is known to be of another release.
func (o *Origin) other() bool { return o.Release != "" && o.Course != "" && o.Release != o.Course }

// says is the origin as a sentence; "" when nothing about it is worth one.
func (o *Origin) says() string {
	switch {
	case o.other() && o.Changed != nil:
		return fmt.Sprintf("the notebook is release %s of the course, which is at %s by now and judged it; of this task, %s changed since",
			o.Release, o.Course, strings.Join(o.Changed, ", "))
	case o.other():
		return fmt.Sprintf("the notebook is release %s of the course, which is at %s by now and judged it; of this task, no cell changed since",
			o.Release, o.Course)
	case o.Changed != nil:
		return "the notebook holds this task as another version of the course gave it out, or its metadata was changed: it was judged by the present version"
	}
	return ""
}

func (e *Exercise) isTask(c *notebook.Cell) bool {
	own, _ := c.Metadata["interleave"].(map[string]any)
	return own["task"] == e.Slug
}

// differs reports whether a cell was given out with another checksum than want.
func differs(nb map[string]any, want string) bool {
	sum, known := nb["checksum"].(string)
	return known && want != "" && sum != want
}

// releasedCheck is the checksum of the check cell as it is given out; "" when it is
// not known how many points stand there.
func (e *Exercise) releasedCheck() string {
	hidden, err := e.Solution.Hidden()
	if err != nil || !e.Solution.Present() {
		return ""
	}
	c := notebook.NewCell(notebook.Code, "", "")
	e.CheckCell(c, Points(e.Checks)+Points(hidden))
	nb, _ := c.Metadata["nbgrader"].(map[string]any)
	sum, _ := nb["checksum"].(string)
	return sum
}
