package plot

import (
	"cmp"
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// plane is two axes and what is drawn between them: all of a chart that is not a
// timeline or a graph. One plane gives the static drawing and ECharts' option.
type plane struct {
	x, y   axis
	layers []layer
	legend []LegendItem
	right  int    // room beside the drawing, in CSS pixels
	tip    string // the drawing function of the tooltip; "": that of points
}

const (
	planeHeight    = 260 // of a drawing with two axes of values
	axisNameHeight = 18  // of an axis' name
	topMargin      = 8   // room for half of the topmost label
)

// chart makes a Chart of the plane; title, finding and table are the caller's.
func (p plane) chart(kind string) *Chart {
	return drawing.New(Chart{Kind: kind, Option: p.option(), Height: p.Height() - p.legendHeight(), Legend: p.legend}, p)
}

func (p plane) legendHeight() int {
	if len(p.legend) == 0 {
		return 0
	}
	return drawing.LegendHeight
}

// above is the height of what is between the legend and the drawing.
func (p plane) above() int {
	if p.y.rows != nil {
		return 0
	}
	return topMargin + p.y.nameHeight()
}

// inside is the height of the drawing between its axes.
func (p plane) inside() int {
	if p.y.rows != nil {
		return max(len(p.y.rows), 1) * rowHeight
	}
	return planeHeight
}

func (p plane) Height() int {
	return p.legendHeight() + p.above() + p.inside() + drawing.AxisHeight + p.x.nameHeight()
}

func (p plane) Draw(s *scene.Scene, top float64) {
	drawing.Legend(s, p.legend, top)
	top += float64(p.legendHeight())
	labels, width := p.labels()
	area := drawing.Area{
		Left: drawing.Margin + math.Ceil(width) + drawing.LabelMargin, Right: float64(drawing.Width - drawing.Margin - p.right),
		Top: top + float64(p.above()), From: p.x.from, To: p.x.to,
		Low: p.y.from, High: p.y.to, Rows: len(p.y.rows),
	}
	area.Bottom = area.Top + float64(p.inside())
	values, figures := p.x.ticks()
	drawing.Ticks(s, area, values, figures)
	if p.x.name != "" {
		s.Add(scene.Text{X: (area.Left + area.Right) / 2, Y: area.Bottom + drawing.AxisHeight + 12, Size: drawing.TickSize, Anchor: scene.Middle, Color: drawing.MutedColor,
			String: drawing.Fit(p.x.name, drawing.TickSize, false, area.Right-area.Left)})
	}
	p.drawVertical(s, area, labels)
	for _, layer := range p.layers {
		layer.draw(s, area)
	}
	if p.y.rows != nil { // over the bars, which begin at it
		s.Add(scene.Rect{X: area.X(max(p.x.from, min(0, p.x.to))) - 0.5, Y: area.Top, W: 1, H: area.Bottom - area.Top, Style: scene.Style{Fill: drawing.MutedColor}})
	}
}

// drawVertical draws the labels of the vertical axis and the lines that belong to
// them.
func (p plane) drawVertical(s *scene.Scene, area drawing.Area, labels []string) {
	if p.y.rows != nil {
		for i, label := range labels {
			s.Add(scene.Text{X: area.Left - drawing.LabelMargin, Y: area.Y(float64(i)) + 4, Size: drawing.LabelSize, Anchor: scene.End, Color: drawing.TextColor, String: label})
		}
		return
	}
	values, _ := p.y.ticks()
	for i, value := range values {
		y := area.Y(value)
		if i > 0 {
			s.Add(scene.Rect{X: area.Left, Y: y - 0.5, W: area.Right - area.Left, H: 1, Style: scene.Style{Fill: drawing.GridColor}})
		}
		s.Add(scene.Text{X: area.Left - drawing.LabelMargin, Y: y + 4, Size: drawing.TickSize, Anchor: scene.End, Color: drawing.MutedColor, String: labels[i]})
	}
	if p.y.name != "" {
		s.Add(scene.Text{X: area.Left, Y: area.Top - topMargin - 4, Size: drawing.TickSize, Color: drawing.MutedColor,
			String: drawing.Fit(p.y.name, drawing.TickSize, false, area.Right-area.Left)})
	}
}

// labels are the texts beside the vertical axis, and the width of their column: at
// least that of half of the first text below it.
func (p plane) labels() (texts []string, width float64) {
	texts, width = p.y.labels()
	if _, below := p.x.ticks(); len(below) > 0 {
		width = max(width, scene.TextWidth(below[0], drawing.TickSize, false)*drawing.FontSlack/2-drawing.LabelMargin)
	}
	return texts, width
}

// option describes the plane for ECharts.
func (p plane) option() drawing.Object {
	_, width := p.labels()
	x, y := p.x.option(), p.y.option()
	if p.x.name != "" {
		x["nameLocation"], x["nameGap"] = "middle", float64(drawing.AxisHeight+6)
	}
	if p.y.name != "" {
		y["nameLocation"], y["nameGap"] = "end", float64(topMargin)
		y["nameTextStyle"] = drawing.Object{"align": "left"}
		y["nameTruncate"] = drawing.Object{"maxWidth": 260.0} // of a narrow page
	}
	option := drawing.Object{
		"grid": drawing.Object{
			"left": float64(int(math.Ceil(width)) + drawing.LabelMargin), "right": float64(p.right),
			"top": float64(p.above()), "bottom": float64(drawing.AxisHeight + p.x.nameHeight()),
		},
		"xAxis": x, "yAxis": y,
		"tooltip": drawing.Object{"trigger": "item", "formatter": "@draw/" + cmp.Or(p.tip, "point")},
	}
	var series []any
	for _, layer := range p.layers {
		if s := layer.series(); s != nil {
			series = append(series, s)
		}
	}
	if series == nil {
		series = []any{drawing.Object{"type": "scatter"}} // a list that is empty would become null
	}
	option["series"] = series
	return option
}
