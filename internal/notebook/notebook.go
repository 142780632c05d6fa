// Package notebook is the .ipynb file as a Go value: read it with errors that a
// person can act on, change its cells, write it byte for byte as Jupyter would.
//
// It knows nbformat 4 (4.0 to 4.5 and what may come after in 4.x) and keeps
// every field that it does not know. It runs nothing: see internal/jupyter.
package notebook

import (
	"fmt"
	"slices"
)

// Notebook is one document. Cells stand in document order.
type Notebook struct {
	Cells    []*Cell
	Metadata map[string]any
	Minor    int // nbformat 4.Minor

	extra map[string]any // fields of the document that nbformat does not name
}

// Type is what a cell holds.
type Type string

// The three types of cell that nbformat 4 knows.
const (
	Code     Type = "code"
	Markdown Type = "markdown"
	Raw      Type = "raw"
)

// Cell is one cell. Metadata and Outputs hold decoded JSON: map[string]any,
// []any, string, bool, nil and json.Number, so that numbers keep their text.
type Cell struct {
	ID             string // unique in the notebook; "" before nbformat 4.5
	Type           Type
	Source         string
	Metadata       map[string]any
	Outputs        []any // of a code cell
	ExecutionCount *int  // of a code cell; nil when it has not run

	extra map[string]any // attachments, and fields that nbformat does not name
}

// New returns an empty notebook in the newest format that this package writes.
func New() *Notebook {
	return &Notebook{Metadata: map[string]any{}, Minor: 5}
}

// NewCell returns a cell without metadata. The id has 1 to 64 letters, digits,
// dashes and underscores; Insert and Replace refuse others.
func NewCell(t Type, id, source string) *Cell {
	return &Cell{ID: id, Type: t, Source: source, Metadata: map[string]any{}}
}

// Index returns the position of the cell with this id, or -1.
func (n *Notebook) Index(id string) int {
	return slices.IndexFunc(n.Cells, func(c *Cell) bool { return id != "" && c.ID == id })
}

// Cell returns the cell with this id, or nil.
func (n *Notebook) Cell(id string) *Cell {
	if i := n.Index(id); i >= 0 {
		return n.Cells[i]
	}
	return nil
}

// Insert puts cells before position i (len(n.Cells) appends). It changes
// nothing and returns an error when an id is malformed or taken.
func (n *Notebook) Insert(i int, cells ...*Cell) error {
	if i < 0 || i > len(n.Cells) {
		return fmt.Errorf("position %d is outside of a notebook of %d cells", i, len(n.Cells))
	}
	return n.set(slices.Insert(slices.Clone(n.Cells), i, cells...))
}

// Replace puts cell, which may carry another id, in the place of the one with
// this id.
func (n *Notebook) Replace(id string, cell *Cell) error {
	i := n.Index(id)
	if i < 0 {
		return fmt.Errorf("no cell has the id %q", id)
	}
	cells := slices.Clone(n.Cells)
	cells[i] = cell
	return n.set(cells)
}

func (n *Notebook) set(cells []*Cell) error {
	if err := checkIDs(cells, n.Minor); err != nil {
		return err
	}
	n.Cells = cells
	return nil
}

// StripOutputs removes what running left behind: outputs, execution counts and
// the times that JupyterLab records.
func (n *Notebook) StripOutputs() {
	for _, c := range n.Cells {
		c.Outputs, c.ExecutionCount = nil, nil
		delete(c.Metadata, "execution")
	}
}

// Clean reports whether StripOutputs would change nothing.
func (c *Cell) Clean() bool {
	_, timed := c.Metadata["execution"]
	return len(c.Outputs) == 0 && c.ExecutionCount == nil && !timed
}
