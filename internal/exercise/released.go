package exercise

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// isCheck reports whether a cell is one of nbgrader's locked tests. These are the
// release's, whatever stands in the notebook, and the release's declare nothing.
func isCheck(c *notebook.Cell) bool {
	nb, _ := c.Metadata["nbgrader"].(map[string]any)
	own, _ := c.Metadata["interleave"].(map[string]any)
	return nb["locked"] == true && nb["grade"] == true && nb["solution"] != true && own["exercise"] == nil
}

// tampered tells of cells of the exercise that are not as they were given out. It
// changes no verdict: nothing that a notebook says of itself is believed.
func (e *Exercise) tampered(n *notebook.Notebook) (notes []string) {
	answers := 0
	for _, c := range n.Cells {
		nb, _ := c.Metadata["nbgrader"].(map[string]any)
		switch id, _ := nb["grade_id"].(string); {
		case isCheck(c) && id == e.Slug+"-check":
			want := notebook.NewCell(notebook.Code, c.ID, "")
			e.CheckCell(want, 0)
			if strings.TrimSpace(c.Source) != want.Source {
				notes = append(notes, "the check cell was changed: the release's stands in its place")
			}
		case Belongs(c) == e.Slug && c.Type == notebook.Code:
			if answers++; answers == 2 {
				notes = append(notes, "the graded cell is there more than once: of each name the last definition counts")
			}
			if id != e.Slug && id != "" {
				notes = append(notes, fmt.Sprintf("the graded cell says to be %s in its metadata: it was judged as %s all the same", label(id), e.Slug))
			}
		}
	}
	if says := e.origin(n).says(); says != "" {
		notes = append(notes, says)
	}
	return notes
}

// released is the checksum of the graded cell as it is given out; "" when there is
// no stub.
func (e *Exercise) released() string {
	stub, err := os.ReadFile(e.StubPath())
	if err != nil {
		return ""
	}
	c := notebook.NewCell(notebook.Code, "", "")
	e.GradedCell(c, stub)
	nb, _ := c.Metadata["nbgrader"].(map[string]any)
	sum, _ := nb["checksum"].(string)
	return sum
}

// hint adds to an error that something is missing what may have become of it.
func (e *Exercise) hint(n *notebook.Notebook, err error) error {
	var source *SourceError
	if !errors.As(err, &source) || source.Kind != Missing {
		return err
	}
	retyped := slices.ContainsFunc(n.Cells, func(c *notebook.Cell) bool {
		return c.Type != notebook.Code && Belongs(c) == e.Slug
	})
	check := slices.ContainsFunc(n.Cells, func(c *notebook.Cell) bool {
		return isCheck(c) && slices.ContainsFunc(e.Entry, func(name string) bool { return declares(c.Source, name) })
	})
	below := slices.ContainsFunc(n.Cells, func(c *notebook.Cell) bool {
		return c.Type == notebook.Code && slices.ContainsFunc(e.Entry, func(name string) bool {
			return declares(c.Source, name) && !declares(declarationsOf(c.Source), name)
		})
	})
	more := *source
	switch {
	case retyped:
		more.Message += ". The graded cell is no code cell any more: click on it, choose Code in the list above the notebook, and save it"
	case check:
		more.Message += ". It stands in a check cell, which is taken from the release: write it in the graded cell"
	case below:
		more.Message += ". It stands below %%, where nothing is remembered: write it above"
	}
	if o := e.origin(n); o.other() && o.Changed != nil {
		more.Message += ". Note that " + o.says()
	}
	return &more
}

// notebooksOf returns the notebooks that answer the exercise: those with a cell of
// its own, else those that declare what is judged.
func (e *Exercise) notebooksOf(h *HandedIn) (own []notebookFile) {
	for _, n := range h.notebooks {
		if e.claims(n) {
			own = append(own, n)
		}
	}
	if own != nil || len(e.filesOf(h)) > 0 {
		return own
	}
	for _, n := range h.notebooks {
		if e.declaredIn(n) {
			own = append(own, n)
		}
	}
	if own == nil && len(h.notebooks) == 1 {
		return h.notebooks // which says best what is missing
	}
	return own
}

func (e *Exercise) claims(n notebookFile) bool {
	return slices.ContainsFunc(n.notebook.Cells, func(c *notebook.Cell) bool { return Belongs(c) == e.Slug })
}

func (e *Exercise) declaredIn(n notebookFile) bool {
	units, err := e.cellUnits(n.notebook)
	if err != nil {
		return false
	}
	names := map[string]bool{}
	for name := range texts(units) {
		names[name] = true
	}
	return e.allIn(names)
}
