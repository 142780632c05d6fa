package gantt

import (
	"math"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// sheetFigure draws a sheet.
type sheetFigure struct{ sheet }

const tickGap = 14 // between the last two figures of the axis

func (f sheetFigure) laneTop() float64 {
	if len(f.legend()) == 0 {
		return 0
	}
	return drawing.LegendHeight
}

func (f sheetFigure) Height() int {
	return int(f.laneTop()) + max(len(f.rows()), 1)*laneHeight(f.lanes()) + drawing.AxisHeight
}

func (f sheetFigure) Draw(s *scene.Scene, top float64) {
	drawing.Legend(s, f.legend(), top)
	top += f.laneTop()

	rows := f.rows()
	labels, width := f.labels()
	each := float64(laneHeight(f.lanes()))
	area := drawing.Area{
		Left: drawing.Margin + math.Ceil(width) + drawing.LabelMargin, Right: drawing.Width - drawing.Margin - f.rightMargin(),
		Top: top, Bottom: top + each*float64(max(len(rows), 1)),
		From: 0, To: float64(f.wall),
	}
	for i, row := range rows {
		if row.kind == drawing.Lock {
			s.Add(scene.Rect{X: area.Left, Y: top + each*float64(i), W: area.Right - area.Left, H: each, Style: scene.Style{Fill: drawing.BandColor}})
		}
	}
	if f.steps() {
		drawOrder(s, area)
	} else {
		f.drawAxis(s, area)
	}
	for i, row := range rows {
		y := top + each*float64(i)
		if i > 0 && each >= 16 && !(row.kind == strip && rows[i-1].kind == strip) {
			s.Add(scene.Rect{X: area.Left, Y: y - 0.5, W: area.Right - area.Left, H: 1, Style: scene.Style{Fill: drawing.GridColor}})
		}
		if i%labelEvery(f.lanes()) == 0 && labels[i] != "" {
			ink := drawing.TextColor
			switch row.kind {
			case drawing.Lock:
				ink = drawing.LockEdgeColor
			case strip:
				ink = drawing.MutedColor
			}
			s.Add(scene.Text{X: area.Left - drawing.LabelMargin, Y: y + each/2 + 4, Size: drawing.LabelSize, Bold: true, Anchor: scene.End, Color: ink, String: labels[i]})
		}
		if row.kind == heading {
			drawHeading(s, area, row.lane.Spans[0], y, each)
		} else {
			drawSpans(s, area, row.lane, y, each)
		}
	}
	for i, t := range f.parts {
		stripRow, laneRow := f.place(i)
		if n := f.stripRows(t); n > 0 {
			drawStrip(s, area, t, top+each*float64(stripRow), each*float64(n), pixelOf(f.wall))
		}
		part := area
		part.Top += each * float64(laneRow)
		drawPath(s, part, t.Path, each)
		drawArrows(s, part, t.Arrows, each)
	}
}

// drawHeading draws a part's title over a line as long as the part.
func drawHeading(s *scene.Scene, area drawing.Area, span Span, y, each float64) {
	x, end, base := area.X(float64(span.Start)), area.X(float64(span.End)), math.Round(y+each)-5
	for _, r := range []scene.Rect{
		{X: x, Y: base - 1, W: end - x, H: 2},
		{X: x, Y: base - 4, W: 2, H: 8},
		{X: end - 2, Y: base - 4, W: 2, H: 8},
	} {
		r.Style = scene.Style{Fill: drawing.TextColor}
		s.Add(r)
	}
	s.Add(scene.Text{X: x + 6, Y: base - 7, Size: drawing.LabelSize, Bold: true, Color: drawing.TextColor, String: drawing.Fit(span.Label, drawing.LabelSize, true, area.Right-x-6)})
}

// drawArrows draws all arrows on halos that set them off from the bars: all
// halos first, so that arrows which branch hang together.
func drawArrows(s *scene.Scene, area drawing.Area, arrows []Arrow, each float64) {
	const haloWidth, shortest = 1.5, 10 // pixels
	xs := arrowsAt(area, arrows)
	for _, halo := range []bool{true, false} {
		for i, a := range arrows {
			from, to := area.Top+each*(float64(a.From)+0.5), area.Top+each*(float64(a.To)+0.5)
			reach := 0.3 * each // arrows go from edge to edge of the bars
			if to < from {
				reach = -reach
			}
			if math.Abs(to-from)-2*math.Abs(reach) < shortest {
				continue // between lanes this low it is but a blot
			}
			arrow := scene.Arrow{X: xs[i], From: from + reach, To: to - reach, Color: drawing.ArrowColor}
			if halo {
				arrow.Grow, arrow.Color = haloWidth, drawing.HaloColor
			}
			s.Add(arrow)
		}
	}
}

// arrowsAt is where each arrow stands. Siblings that are closer than their heads
// are wide stand on one line that branches.
func arrowsAt(area drawing.Area, arrows []Arrow) []float64 {
	const trunk = 4 // pixels
	xs := make([]float64, len(arrows))
	for i, a := range arrows {
		xs[i] = area.X(float64(a.At))
		for j, other := range arrows[:i] {
			if other.From == a.From && math.Abs(xs[j]-xs[i]) < trunk {
				xs[i] = xs[j]
				break
			}
		}
	}
	return xs
}

// drawAxis draws the time axis in one unit, and the recording's end on it.
func (f sheetFigure) drawAxis(s *scene.Scene, area drawing.Area) {
	step := drawing.TickStep(f.wall)
	var values []float64
	var figures []string
	end := drawing.EndLabel(f.wall)
	room := area.Right - tickGap - scene.TextWidth(end, drawing.TickSize, false)*drawing.FontSlack
	for at := time.Duration(0); at < f.wall; at += step {
		if area.X(float64(at)) > room { // half of its figure and half of the end's
			break
		}
		values = append(values, float64(at))
		figures = append(figures, drawing.TickLabel(at, f.wall))
	}
	values = append(values, float64(f.wall))
	figures = append(figures, end)
	drawing.Ticks(s, area, values, figures)
}

// drawSpans draws a lane: all spans of a state, then the next state's, which
// share their style.
func drawSpans(s *scene.Scene, area drawing.Area, lane Lane, y, each float64) {
	bar := math.Round(0.6 * each)
	for _, item := range states {
		look := drawing.Looks[item.State]
		height := math.Max(math.Round(look.Height*bar), drawing.LineHeight)
		for i, span := range lane.Spans {
			if span.State != item.State {
				continue
			}
			x, end := area.X(float64(span.Start)), area.X(float64(span.End))
			if end-x < 1 { // visible if there is room for it
				room := area.Right
				if i+1 < len(lane.Spans) && lane.Spans[i+1].State != drawing.Sleeping {
					room = area.X(float64(lane.Spans[i+1].Start))
				}
				end = max(end, min(x+1, room))
			}
			r := scene.Rect{X: x, Y: y + (each-height)/2, W: end - x, H: height, Radius: 2, Style: look.Style}
			if r.W < drawing.Thinnest {
				r.Radius, r.Style = 0, look.Thin()
			}
			s.Add(r)
			if look.Text != "" {
				drawLabel(s, span.Label, look.Text, r)
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
	if scene.TextWidth(label, drawing.TickSize, false)*drawing.FontSlack > room {
		short, _, more := strings.Cut(label, ": ") // "33: mu.Lock()" is at least line 33
		if !more || scene.TextWidth(short, drawing.TickSize, false)*drawing.FontSlack > room+padding {
			return
		}
		label = short
	}
	s.Add(scene.Text{X: r.X + r.W/2, Y: r.Y + r.H/2 + 4, Size: drawing.TickSize, Anchor: scene.Middle, Color: ink, String: label})
}
