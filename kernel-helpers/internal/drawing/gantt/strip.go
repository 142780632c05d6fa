package gantt

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// Load says how much was under way from At on, until the next Load or the end.
type Load struct {
	At      time.Duration
	Running int // so many ran at once
	Ready   int // so many more could have run, and had no core
}

const (
	stripHeight = 48 // the least height of a strip, in CSS pixels
	stripGap    = 8  // above and below the area in it
)

// stretch is a part of a strip: what was under way from start to end, on average
// where it is thinner than a pixel.
type stretch struct {
	start, end     time.Duration
	running, ready float64
}

// cleanLoads returns sorted loads within the recording.
func cleanLoads(loads []Load, wall time.Duration) []Load {
	var clean []Load
	for _, l := range loads {
		if l.At < wall {
			clean = append(clean, Load{max(l.At, 0), max(l.Running, 0), max(l.Ready, 0)})
		}
	}
	slices.SortStableFunc(clean, func(a, b Load) int { return int(min(max(a.At-b.At, -1), 1)) })
	return clean
}

// thinLoads leaves out loads that change nothing, and all but the last of several
// at the same time.
func thinLoads(loads []Load) []Load {
	var kept []Load
	for _, l := range loads {
		if n := len(kept); n > 0 && kept[n-1].At == l.At {
			kept = kept[:n-1]
		}
		if n := len(kept); n > 0 && kept[n-1].Running == l.Running && kept[n-1].Ready == l.Ready {
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// stretches are the parts of a strip, those within a pixel merged: they keep their
// area, which is the time spent.
func (t Timeline) stretches(pixel time.Duration) (all []stretch) {
	for i, l := range t.Strip {
		end := t.Wall
		if i+1 < len(t.Strip) {
			end = t.Strip[i+1].At
		}
		s := stretch{l.At, end, float64(l.Running), float64(l.Ready)}
		if n := len(all); n > 0 && s.end-all[n-1].start <= pixel {
			last := &all[n-1]
			before, after := float64(last.end-last.start), float64(s.end-s.start)
			last.running = (last.running*before + s.running*after) / (before + after)
			last.ready = (last.ready*before + s.ready*after) / (before + after)
			last.end = s.end
			continue
		}
		if s.end > s.start {
			all = append(all, s)
		}
	}
	return all
}

// stackOf is the most that was ready at once.
func stackOf(loads []Load) (most int) {
	for _, l := range loads {
		most = max(most, l.Ready)
	}
	return most
}

// stripTop is the number that the upper edge of the strip stands for.
func (t Timeline) stripTop() float64 {
	top := float64(t.Cores)
	for _, l := range t.Strip {
		top = max(top, float64(l.Running+l.Ready))
	}
	return max(top, 1)
}

// drawStrip draws the strip of t from y down: what ran, on it what was ready, and a
// line at the number of cores.
func drawStrip(s *scene.Scene, area drawing.Area, t Timeline, y, height float64, pixel time.Duration) {
	base, full := y+height-stripGap/2, height-1.5*stripGap
	unit := full / t.stripTop()
	stretches := t.stretches(pixel)
	for _, part := range []struct {
		state drawing.State
		from  func(stretch) float64
		to    func(stretch) float64
	}{
		{drawing.Running, func(stretch) float64 { return 0 }, func(s stretch) float64 { return s.running }},
		{drawing.Ready, func(s stretch) float64 { return s.running }, func(s stretch) float64 { return s.running + s.ready }},
	} {
		for _, l := range stretches {
			low, high := part.from(l), part.to(l)
			if high > low {
				x := area.X(float64(l.start))
				s.Add(scene.Rect{X: x, Y: base - high*unit, W: max(area.X(float64(l.end))-x, 0.5), H: (high - low) * unit, Style: scene.Style{Fill: drawing.Looks[part.state].Style.Fill}})
			}
		}
	}
	s.Add(scene.Rect{X: area.Left, Y: base - 0.5, W: area.Right - area.Left, H: 1, Style: scene.Style{Fill: drawing.MutedColor}})
	if t.Cores > 0 {
		at := math.Round(base-float64(t.Cores)*unit) + 0.5
		s.Add(
			scene.Line{Points: []scene.Point{{X: area.Left, Y: at}, {X: area.Right, Y: at}}, Width: 1, Dashed: true, Color: drawing.TextColor},
			scene.Text{X: area.Right + 4, Y: at + 4, Size: drawing.TickSize, Color: drawing.MutedColor, String: cores(t.Cores)},
		)
	}
}

func cores(n int) string {
	if n == 1 {
		return "1 core"
	}
	return fmt.Sprint(n, " cores")
}
