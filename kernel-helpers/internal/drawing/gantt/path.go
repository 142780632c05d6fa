package gantt

import (
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// Step is a stretch of the longest chain, the one that determined how long all took. It
// is drawn as a line below what the lane does meanwhile: quiet beside the bars, and
// still there where they are hollow or thin.
type Step struct {
	Lane       int // index of Timeline.Lanes
	Start, End time.Duration
}

// mostSteps is how many a chart sends.
const mostSteps = 1000

// pathColor is which of the theme's series colours: one that no state has.
const pathColor = 7

var pathItem = drawing.LegendItem{Mark: drawing.LineMark, Color: pathColor, Label: "Longest chain"}

// cleanPath returns the steps that can be drawn, on the lanes' new places.
func cleanPath(path []Step, position []int, wall time.Duration) []Step {
	var clean []Step
	for _, s := range path {
		if s.Lane < 0 || s.Lane >= len(position) || s.Start > s.End || s.End < 0 || s.Start > wall {
			continue
		}
		clean = append(clean, Step{position[s.Lane], max(s.Start, 0), min(s.End, wall)})
	}
	return clean
}

// thinPath joins steps of a lane with less than a pixel between them. Where there are
// still too many, a larger stretch counts as a pixel.
func thinPath(path []Step, pixel, wall time.Duration) []Step {
	for ; ; pixel *= 2 {
		var joined []Step
		latest := map[int]int{} // of each lane, in joined
		for _, s := range path {
			if i, ok := latest[s.Lane]; ok && s.Start-joined[i].End < pixel {
				joined[i].End = max(joined[i].End, s.End)
				continue
			}
			latest[s.Lane] = len(joined)
			joined = append(joined, s)
		}
		if len(joined) <= mostSteps || pixel > wall {
			return joined
		}
	}
}

// onPath is how long the chain leads through each lane, or nil if there is none.
func (t Timeline) onPath() map[int]time.Duration {
	if len(t.Path) == 0 {
		return nil
	}
	total := make(map[int]time.Duration)
	for _, s := range t.Path {
		total[s.Lane] += s.End - s.Start
	}
	return total
}

// drawPath underlines the chain. The area begins with the first lane, and a lane is so
// high.
func drawPath(s *scene.Scene, area drawing.Area, path []Step, each float64) {
	scale := math.Min(1, each/30)
	height := math.Max(2, math.Round(3*scale))
	for _, step := range path {
		x, end := area.X(float64(step.Start)), area.X(float64(step.End))
		middle := area.Top + each*(float64(step.Lane)+0.5)
		y := math.Round(math.Min(middle+10.5*scale, middle+each/2-height))
		s.Add(scene.Rect{X: x, Y: y, W: math.Max(end-x, 1), H: height, Style: scene.Style{Fill: drawing.SeriesColors[pathColor-1]}})
	}
}
