package gantt

import (
	"strings"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// Beside returns a chart of timelines one above the other, on one axis of time, so
// that their lengths compare. Each is headed by its Title; the chart's title is the
// author's, and its finding compares the first timeline with the shortest.
func Beside(title string, timelines ...Timeline) *drawing.Chart {
	n := max(len(timelines), 1)
	s := sheet{wall: 1}
	var err error
	var walls []drawing.Amount
	var said []string
	clean := make([]Timeline, len(timelines))
	for i, t := range timelines {
		t = t.clean()
		if t.Title == "" {
			t.Title = "timeline " + string(rune('A'+i%26))
		}
		if bad := t.check(); bad != nil {
			err = bad
		}
		clean[i] = t
		s.wall = max(s.wall, t.Wall)
		walls = append(walls, drawing.TimeOf(t.Title, t.Wall))
		said = append(said, t.Title+" "+drawing.FormatDuration(t.Wall))
	}
	for _, t := range clean {
		s.parts = append(s.parts, t.crop(max(mostLanes/n, 1)).thin(s.wall, mostSpans/n))
	}
	chart := s.chart("timeline")
	chart.Title, chart.Subtitle = drawing.CleanText(title), drawing.Compare(walls)
	drawing.Refuse(chart, err)
	chart.Text = drawing.Sentence(chart.Title, strings.Join(said, ", "), chart.Subtitle)
	chart.Table = timelineTable(clean)
	return chart
}

// pixelOf is how long a pixel of the widest chart is.
func pixelOf(wall time.Duration) time.Duration { return max(1, wall/drawing.FullWidth) }
