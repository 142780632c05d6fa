// Package notebook is the .ipynb file as a Go value: read it with errors that a
// person can act on, change its cells, and write it byte for byte as Jupyter would.
//
// It knows nbformat 4 (4.0 to 4.5 and what may come after in 4.x) and keeps
// every field that it does not know. It runs nothing: see internal/jupyter.
package notebook

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

// NewCell returns a cell without metadata. The id has 1 to 64 letters, digits,
// dashes and underscores, and is no other cell's.
func NewCell(t Type, id, source string) *Cell {
	return &Cell{ID: id, Type: t, Source: source, Metadata: map[string]any{}}
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
