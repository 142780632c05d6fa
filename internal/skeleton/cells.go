package skeleton

import (
	"fmt"
	"slices"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// Place puts the three cells of an exercise into a notebook, after the last exercise's
// or at the end: empty ones, which interleave sync fills. It does nothing to a notebook
// that has them.
func Place(n *notebook.Notebook, slug string) error {
	at := len(n.Cells)
	for i, c := range n.Cells {
		lesson, err := c.Lesson()
		if err != nil {
			return err
		}
		if lesson.Exercise == slug || lesson.Check == slug || lesson.Task == slug {
			return fmt.Errorf("it holds a cell of %s already", slug)
		}
		if lesson.Check != "" {
			at = i + 1
		}
	}
	n.Cells = slices.Insert(n.Cells, at,
		cell(notebook.Markdown, slug, "task"), cell(notebook.Code, slug, "exercise"), cell(notebook.Code, slug, "check"))
	return nil
}

func cell(kind notebook.Type, slug, role string) *notebook.Cell {
	c := notebook.NewCell(kind, slug+"-"+role, "")
	c.Metadata["interleave"] = map[string]any{role: slug}
	return c
}
