package plot

import (
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// run is a measured value in a row, drawn off the row's middle by a part of its
// height.
type run struct {
	row    int
	at     float64
	offset float64
}

// runLayer draws a dot for each run.
type runLayer struct{ runs []run }

const (
	runColor  = 8
	runRadius = 2.5
	runAlpha  = 0.6
)

func (l runLayer) draw(s *scene.Scene, area drawing.Area) {
	dots := scene.Dots{Radius: runRadius, Alpha: runAlpha, Color: drawing.SeriesColors[runColor-1]}
	for _, r := range l.runs {
		dots.Points = append(dots.Points, scene.Point{X: area.X(r.at), Y: area.Y(float64(r.row) + r.offset)})
	}
	s.Add(dots)
}

func (l runLayer) series() drawing.Object {
	if len(l.runs) == 0 {
		return nil
	}
	series := drawing.CustomSeries("one run", "@draw/run", 3, []any{1.0}, []any{0.0})
	series["itemStyle"] = drawing.Object{"color": seriesName(runColor)}
	series["data"] = drawing.List(l.runs, func(r run) any { return []any{float64(r.row), r.at, r.offset} })
	return series
}

// thinRuns keeps one of the runs of a row that lie within a pixel or a few, if there
// are more than can be told apart.
func thinRuns(runs []run, x axis) []run {
	kept := runs
	for width := 1.0; len(kept) > mostDots; width *= 1.5 {
		taken := make(map[[3]int]bool)
		kept = nil
		for _, r := range runs {
			place := [3]int{r.row, int((r.at - x.from) / (x.to - x.from) * drawing.FullWidth / width), int(r.offset * rowHeight / width)}
			if !taken[place] {
				taken[place] = true
				kept = append(kept, r)
			}
		}
	}
	return kept
}
