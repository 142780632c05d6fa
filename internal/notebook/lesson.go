package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Lesson is what a cell carries for the course, in metadata.interleave.
type Lesson struct {
	Task     string `json:"task,omitempty"`     // slug of the exercise whose text this Markdown cell holds
	Exercise string `json:"exercise,omitempty"` // slug of the exercise that this graded cell belongs to
	Check    string `json:"check,omitempty"`    // slug of the exercise that this cell checks
	Expect   Expect `json:"expect,omitzero"`
}

// Expect is what a code cell must show when it runs.
type Expect struct {
	Text  string `json:"text,omitempty"`  // regular expression on the printed text
	Chart string `json:"chart,omitempty"` // kind of the chart: "timeline", "bar", …
	Error string `json:"error,omitempty"` // regular expression on the error: the cell must fail
}

// Lesson returns what the cell carries for the course; the zero value when it
// carries nothing. A field that the course does not know is an error, because
// a misspelt expectation would otherwise hold for ever.
func (c *Cell) Lesson() (Lesson, error) {
	raw, given := c.Metadata["interleave"]
	if !given {
		return Lesson{}, nil
	}
	encoded, err := json.Marshal(raw)
	if err != nil {
		return Lesson{}, err
	}
	dec := json.NewDecoder(bytes.NewReader(encoded))
	dec.DisallowUnknownFields()
	var l Lesson
	if err := dec.Decode(&l); err != nil {
		return Lesson{}, fmt.Errorf("metadata.interleave of cell %q: %w", c.ID, err)
	}
	return l, nil
}

// Graded returns the cell in which the exercise is solved, or nil.
func (n *Notebook) Graded(slug string) *Cell {
	for _, c := range n.Cells {
		if l, err := c.Lesson(); err == nil && slug != "" && l.Exercise == slug {
			return c
		}
	}
	return nil
}
