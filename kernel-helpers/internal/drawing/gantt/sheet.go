package gantt

import (
	"math"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// zoomHeight is the height of the slider below a timeline, in CSS pixels. Steps are
// few, and need none.
func (s sheet) zoomHeight() int {
	if s.steps() {
		return 0
	}
	return 24
}

// sheet is a chart of timelines, one above the other on one axis. All that it shows
// stands in rows of the same height.
type sheet struct {
	wall  time.Duration
	parts []Timeline // cleaned and thinned
}

// sheetRow is one row: a lane, the title of a part, or a piece of its strip.
type sheetRow struct {
	kind  drawing.Kind
	label string
	lane  Lane // of a lane's row, and of a heading's
}

// chart makes a Chart of the sheet; title, finding and table are the caller's.
func (s sheet) chart(kind string) *drawing.Chart {
	rows := s.rows()
	names := make([]drawing.LaneName, len(rows))
	for i, row := range rows {
		names[i] = drawing.LaneName{Label: row.label, Kind: row.kind}
	}
	return drawing.New(drawing.Chart{
		Kind: kind, Option: s.option(), Lanes: names, Legend: s.legend(),
		Height: max(len(rows), 1)*laneHeight(s.lanes()) + drawing.AxisHeight + s.zoomHeight(),
	}, sheetFigure{s})
}

// rows are all rows of the sheet, from top to bottom.
func (s sheet) rows() (rows []sheetRow) {
	for _, t := range s.parts {
		if len(s.parts) > 1 {
			text := t.Title + ": " + drawing.FormatDuration(t.Wall)
			rows = append(rows, sheetRow{heading, text, Lane{Kind: heading, Spans: []Span{{0, t.Wall, headed, text, t.Subtitle}}}})
		}
		for i := range s.stripRows(t) {
			label := ""
			if i == 0 {
				label = "at once"
			}
			rows = append(rows, sheetRow{kind: strip, label: label})
		}
		for _, lane := range t.Lanes {
			rows = append(rows, sheetRow{lane.Kind, lane.Label, lane})
		}
	}
	return rows
}

// lanes is how many lanes the parts have.
func (s sheet) lanes() (n int) {
	for _, t := range s.parts {
		n += len(t.Lanes)
	}
	return n
}

// stripRows is over how many rows the strip of a part goes.
func (s sheet) stripRows(t Timeline) int {
	if len(t.Strip) == 0 {
		return 0
	}
	return int(math.Ceil(stripHeight / float64(laneHeight(s.lanes()))))
}

// place is in which rows a part's strip and its lanes begin.
func (s sheet) place(part int) (stripRow, laneRow int) {
	row := 0
	for i, t := range s.parts {
		if len(s.parts) > 1 {
			row++
		}
		if i == part {
			return row, row + s.stripRows(t)
		}
		row += s.stripRows(t) + len(t.Lanes)
	}
	return row, row
}

// legend lists the states that occur, and the longest chain.
func (s sheet) legend() []drawing.LegendItem {
	var lanes []Lane
	ready, chained := false, false
	for _, t := range s.parts {
		chained = chained || len(t.Path) > 0
		lanes = append(lanes, t.Lanes...)
		ready = ready || stackOf(t.Strip) > 0
	}
	if ready { // the strip shows both
		lanes = append(lanes, Lane{Spans: []Span{{State: drawing.Running}, {State: drawing.Ready}}})
	}
	items := legend(lanes)
	if s.steps() {
		for i, item := range items {
			if word, ok := stepWords[item.State]; ok {
				items[i].Label = word
			}
		}
	}
	if chained {
		items = append(items, pathItem)
	}
	return items
}

// laneHeight is a row's height in CSS pixels: less where there are many lanes.
func laneHeight(lanes int) int {
	switch {
	case lanes <= 20:
		return 30
	case lanes <= 40:
		return 24
	case lanes <= 80:
		return 18
	}
	return max(8, 1440/lanes)
}

// labelEvery is n if there is room to label only each n-th row.
func labelEvery(lanes int) int {
	return int(math.Ceil(16 / float64(laneHeight(lanes))))
}

// labels are the labels that stand beside the rows, and the width that they need.
func (s sheet) labels() (short []string, width float64) {
	rows := s.rows()
	labels := make([]string, len(rows))
	for i, row := range rows {
		if row.kind != heading { // whose text is in the drawing
			labels[i] = row.label
		}
	}
	return drawing.LabelColumn(labels, true, 200)
}
