package explore

import (
	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/sandbox"
	"github.com/interleave-lab/interleave/internal/storyboard"
	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// Cell is the answer to a cell, ready to be shown.
type Cell struct {
	Verdict explain.Verdict `json:"verdict"`
	Heading string          `json:"heading"`
	Message string          `json:"message,omitempty"`
	Steps   []string        `json:"steps,omitempty"`  // of the failing schedule
	Output  string          `json:"output,omitempty"` // what the snippet printed in it
	Again   string          `json:"again,omitempty"`
	Native  []string        `json:"native,omitempty"`
	Sandbox sandbox.Tier    `json:"sandbox"`
	Chart   display.Bundle  `json:"chart,omitempty"` // the failing schedule as a picture
}

// Cell returns the answer about a snippet.
func (r *Report) Cell() *Cell {
	one := r.Results[0]
	c := &Cell{Verdict: one.Verdict, Heading: one.heading(), Message: one.Message, Output: one.Output, Again: one.Replay, Native: r.Native, Sandbox: r.Sandbox}
	if len(one.Steps) > 0 {
		c.Steps = one.Lines()
	}
	if one.Story == nil {
		return c
	}
	if story := storyboard.New(*one.Story); story != nil {
		if bundle, err := story.Chart().Bundle(); err == nil {
			c.Chart = bundle
		}
	}
	return c
}
