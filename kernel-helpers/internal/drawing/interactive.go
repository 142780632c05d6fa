package drawing

import "github.com/interleave-lab/interleave/kernel-helpers/display"

// Interactive returns the chart as [Chart.Bundle] does but without the static forms,
// which take most of its time: for a chart that is soon replaced by the next.
func (c *Chart) Interactive() (display.Bundle, error) {
	if c.err != nil {
		return nil, c.err
	}
	return display.Bundle{MIME: c.payload(), "text/plain": c.Text}, nil
}
