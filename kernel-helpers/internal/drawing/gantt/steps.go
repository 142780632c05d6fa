package gantt

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// orderName is written below steps, in the place of times.
const orderName = "order of the steps →"

// steps reports whether the sheet shows steps.
func (s sheet) steps() bool {
	return slices.ContainsFunc(s.parts, func(t Timeline) bool { return t.Steps })
}

// drawOrder draws the axis of steps.
func drawOrder(s *scene.Scene, area drawing.Area) {
	s.Add(scene.Rect{X: area.Left, Y: area.Bottom, W: area.Right - area.Left, H: 1, Style: scene.Style{Fill: drawing.MutedColor}})
	s.Add(scene.Text{X: (area.Left + area.Right) / 2, Y: area.Bottom + 16, Size: drawing.TickSize, Anchor: scene.Middle, Color: drawing.MutedColor, String: orderName})
}

// orderAxis describes it for ECharts.
func (s sheet) orderAxis() drawing.Object {
	hidden := drawing.Object{"show": false}
	return drawing.Object{
		"type": "value", "min": 0.0, "max": nanoseconds(s.wall),
		"axisLabel": hidden, "axisTick": hidden, "splitLine": hidden,
		"name": orderName, "nameLocation": "middle", "nameGap": 6.0,
	}
}

// stepTable has a row for each step, in their order.
func (t Timeline) stepTable() drawing.Table {
	table := drawing.Table{Header: []string{"Step", "Who", "What"}}
	type step struct {
		Span
		who string
	}
	var all []step
	for _, lane := range t.Lanes {
		for _, span := range lane.Spans {
			if span.State == drawing.Running || span.State == drawing.Fault {
				all = append(all, step{span, lane.Label})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b step) int { return cmp.Compare(a.Start, b.Start) })
	for i, s := range all {
		table.Rows = append(table.Rows, []string{strconv.Itoa(i + 1), s.who, strings.ReplaceAll(cmp.Or(s.Detail, s.Label), "\n", "; ")})
	}
	return table
}
