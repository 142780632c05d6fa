package plot

import (
	"cmp"
	"math"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
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
	return &Chart{Kind: kind, Option: p.option(), Height: p.height() - p.legendHeight(), Legend: p.legend, figure: p}
}

func (p plane) legendHeight() int {
	if len(p.legend) == 0 {
		return 0
	}
	return legendHeight
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

func (p plane) height() int {
	return p.legendHeight() + p.above() + p.inside() + axisHeight + p.x.nameHeight()
}

func (p plane) draw(s *scene.Scene, top float64) {
	drawLegend(s, p.legend, top)
	top += float64(p.legendHeight())
	labels, width := p.labels()
	area := area{
		left: margin + math.Ceil(width) + labelMargin, right: float64(staticWidth - margin - p.right),
		top: top + float64(p.above()), from: p.x.from, to: p.x.to,
		low: p.y.from, high: p.y.to, rows: len(p.y.rows),
	}
	area.bottom = area.top + float64(p.inside())
	values, figures := p.x.ticks()
	ticks(s, area, values, figures)
	if p.x.name != "" {
		s.Add(scene.Text{X: (area.left + area.right) / 2, Y: area.bottom + axisHeight + 12, Size: tickSize, Anchor: scene.Middle, Color: mutedColor,
			String: fit(p.x.name, tickSize, false, area.right-area.left)})
	}
	p.drawVertical(s, area, labels)
	for _, layer := range p.layers {
		layer.draw(s, area)
	}
	if p.y.rows != nil { // over the bars, which begin at it
		s.Add(scene.Rect{X: area.x(max(p.x.from, min(0, p.x.to))) - 0.5, Y: area.top, W: 1, H: area.bottom - area.top, Style: scene.Style{Fill: mutedColor}})
	}
}

// drawVertical draws the labels of the vertical axis and the lines that belong to
// them.
func (p plane) drawVertical(s *scene.Scene, area area, labels []string) {
	if p.y.rows != nil {
		for i, label := range labels {
			s.Add(scene.Text{X: area.left - labelMargin, Y: area.y(float64(i)) + 4, Size: labelSize, Anchor: scene.End, Color: textColor, String: label})
		}
		return
	}
	values, _ := p.y.ticks()
	for i, value := range values {
		y := area.y(value)
		if i > 0 {
			s.Add(scene.Rect{X: area.left, Y: y - 0.5, W: area.right - area.left, H: 1, Style: scene.Style{Fill: gridColor}})
		}
		s.Add(scene.Text{X: area.left - labelMargin, Y: y + 4, Size: tickSize, Anchor: scene.End, Color: mutedColor, String: labels[i]})
	}
	if p.y.name != "" {
		s.Add(scene.Text{X: area.left, Y: area.top - topMargin - 4, Size: tickSize, Color: mutedColor,
			String: fit(p.y.name, tickSize, false, area.right-area.left)})
	}
}

// labels are the texts beside the vertical axis, and the width of their column: at
// least that of half of the first text below it.
func (p plane) labels() (texts []string, width float64) {
	texts, width = p.y.labels()
	if _, below := p.x.ticks(); len(below) > 0 {
		width = max(width, scene.TextWidth(below[0], tickSize, false)*fontSlack/2-labelMargin)
	}
	return texts, width
}

// option describes the plane for ECharts.
func (p plane) option() object {
	_, width := p.labels()
	x, y := p.x.option(), p.y.option()
	if p.x.name != "" {
		x["nameLocation"], x["nameGap"] = "middle", float64(axisHeight+6)
	}
	if p.y.name != "" {
		y["nameLocation"], y["nameGap"] = "end", float64(topMargin)
		y["nameTextStyle"] = object{"align": "left"}
		y["nameTruncate"] = object{"maxWidth": 260.0} // of a narrow page
	}
	option := object{
		"grid": object{
			"left": float64(int(math.Ceil(width)) + labelMargin), "right": float64(p.right),
			"top": float64(p.above()), "bottom": float64(axisHeight + p.x.nameHeight()),
		},
		"xAxis": x, "yAxis": y,
		"tooltip": object{"trigger": "item", "formatter": "@draw/" + cmp.Or(p.tip, "point")},
	}
	var series []any
	for _, layer := range p.layers {
		if s := layer.series(); s != nil {
			series = append(series, s)
		}
	}
	if series == nil {
		series = []any{object{"type": "scatter"}} // a list that is empty would become null
	}
	option["series"] = series
	return option
}
