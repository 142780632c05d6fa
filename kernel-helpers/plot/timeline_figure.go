package plot

import (
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// timelineFigure draws a timeline that has been cleaned and thinned.
type timelineFigure struct{ Timeline }

const (
	legendHeight = 28
	tickGap      = 14 // between the last two figures of the axis
)

func (f timelineFigure) laneTop() float64 {
	if len(legend(f.Lanes)) == 0 {
		return 0
	}
	return legendHeight
}

func (f timelineFigure) height() int {
	return int(f.laneTop()) + max(len(f.Lanes), 1)*laneHeight(len(f.Lanes)) + axisHeight
}

func (f timelineFigure) draw(s *scene.Scene, top float64) {
	drawLegend(s, legend(f.Lanes), top)
	top += f.laneTop()

	labels, width := laneLabels(f.Lanes)
	each := float64(laneHeight(len(f.Lanes)))
	area := area{
		left: margin + math.Ceil(width) + labelMargin, right: staticWidth - margin - rightMargin,
		top: top, bottom: top + each*float64(max(len(f.Lanes), 1)),
		from: 0, to: float64(f.Wall),
	}
	for i, lane := range f.Lanes {
		if lane.Kind == Lock {
			s.Add(scene.Rect{X: area.left, Y: top + each*float64(i), W: area.right - area.left, H: each, Style: scene.Style{Fill: bandColor}})
		}
	}
	f.drawAxis(s, area)
	for i, lane := range f.Lanes {
		y := top + each*float64(i)
		if i > 0 && each >= 16 {
			s.Add(scene.Rect{X: area.left, Y: y - 0.5, W: area.right - area.left, H: 1, Style: scene.Style{Fill: gridColor}})
		}
		if i%labelEvery(len(f.Lanes)) == 0 {
			ink := textColor
			if lane.Kind == Lock {
				ink = lockEdgeColor
			}
			s.Add(scene.Text{X: area.left - labelMargin, Y: y + each/2 + 4, Size: labelSize, Bold: true, Anchor: scene.End, Color: ink, String: labels[i]})
		}
		drawSpans(s, area, lane, y, each)
	}
	f.drawArrows(s, area, each)
}

// drawArrows draws all arrows on halos that set them off from the bars: all
// halos first, so that arrows which branch hang together.
func (f timelineFigure) drawArrows(s *scene.Scene, area area, each float64) {
	const haloWidth, shortest = 1.5, 10 // pixels
	xs := f.arrowsAt(area)
	for _, halo := range []bool{true, false} {
		for i, a := range f.Arrows {
			from, to := area.top+each*(float64(a.From)+0.5), area.top+each*(float64(a.To)+0.5)
			reach := 0.3 * each // arrows go from edge to edge of the bars
			if to < from {
				reach = -reach
			}
			if math.Abs(to-from)-2*math.Abs(reach) < shortest {
				continue // between lanes this low it is but a blot
			}
			arrow := scene.Arrow{X: xs[i], From: from + reach, To: to - reach, Color: arrowColor}
			if halo {
				arrow.Grow, arrow.Color = haloWidth, haloColor
			}
			s.Add(arrow)
		}
	}
}

// arrowsAt is where each arrow stands. Siblings that are closer than their heads
// are wide stand on one line that branches.
func (f timelineFigure) arrowsAt(area area) []float64 {
	const trunk = 4 // pixels
	xs := make([]float64, len(f.Arrows))
	for i, a := range f.Arrows {
		xs[i] = area.x(float64(a.At))
		for j, other := range f.Arrows[:i] {
			if other.From == a.From && math.Abs(xs[j]-xs[i]) < trunk {
				xs[i] = xs[j]
				break
			}
		}
	}
	return xs
}

// drawAxis draws the time axis in one unit, and the recording's end on it.
func (f timelineFigure) drawAxis(s *scene.Scene, area area) {
	step := tickStep(f.Wall)
	var values []float64
	var figures []string
	end := endLabel(f.Wall)
	room := area.right - tickGap - scene.TextWidth(end, tickSize, false)*fontSlack
	for at := time.Duration(0); at < f.Wall; at += step {
		if area.x(float64(at)) > room { // half of its figure and half of the end's
			break
		}
		values = append(values, float64(at))
		figures = append(figures, tickLabel(at, f.Wall))
	}
	values = append(values, float64(f.Wall))
	figures = append(figures, end)
	ticks(s, area, values, figures)
}

// drawSpans draws a lane: all spans of a state, then the next state's, which
// share their style.
func drawSpans(s *scene.Scene, area area, lane Lane, y, each float64) {
	bar := math.Round(0.6 * each)
	for _, item := range states {
		look := looks[item.State]
		height := math.Max(math.Round(look.height*bar), lineHeight)
		for i, span := range lane.Spans {
			if span.State != item.State {
				continue
			}
			x, end := area.x(float64(span.Start)), area.x(float64(span.End))
			if end-x < 1 { // visible if there is room for it
				room := area.right
				if i+1 < len(lane.Spans) && lane.Spans[i+1].State != Sleeping {
					room = area.x(float64(lane.Spans[i+1].Start))
				}
				end = max(end, min(x+1, room))
			}
			r := scene.Rect{X: x, Y: y + (each-height)/2, W: end - x, H: height, Radius: 2, Style: look.style}
			if r.W < thinnest {
				r.Radius, r.Style = 0, look.thin()
			}
			s.Add(r)
			if look.text != "" {
				drawLabel(s, span.Label, look.text, r)
			}
		}
	}
}

// drawLabel writes a span's label into it, if there is room for all of it.
func drawLabel(s *scene.Scene, label string, ink scene.Color, r scene.Rect) {
	const padding = 4
	room := r.W - 2*padding
	if label == "" || r.H < 12 || len(label) > 200 {
		return
	}
	if scene.TextWidth(label, tickSize, false)*fontSlack > room {
		return
	}
	s.Add(scene.Text{X: r.X + r.W/2, Y: r.Y + r.H/2 + 4, Size: tickSize, Anchor: scene.Middle, Color: ink, String: label})
}

// drawLegend draws a swatch and a word for each state.
func drawLegend(s *scene.Scene, items []LegendItem, top float64) {
	const swatch, height, gap = 22, 12, 22
	x := float64(margin)
	for _, item := range items {
		look := looks[item.State]
		h := math.Max(math.Round(look.height*height), lineHeight)
		s.Add(
			scene.Rect{X: x, Y: top + (height-h)/2, W: swatch, H: h, Radius: 2, Style: look.style},
			scene.Text{X: x + swatch + 6, Y: top + 10, Size: labelSize, Color: textColor, String: item.Label},
		)
		x += swatch + 6 + scene.TextWidth(item.Label, labelSize, false)*fontSlack + gap
	}
}
