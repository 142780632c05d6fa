package plot

import "time"

// timelineHeight is the height of the interactive drawing in CSS pixels.
func timelineHeight(lanes int) int {
	return max(lanes, 1)*laneHeight(lanes) + axisHeight + zoomHeight
}

// timelineOption describes t, cleaned and thinned, for ECharts. Lists that would
// be empty are left out: the kernel would turn them into null.
func timelineOption(t Timeline) object {
	labels, width := laneLabels(t.Lanes)
	option := newOption(timelineFrame(), width)

	axis := option["xAxis"].(object)
	axis["min"], axis["max"] = 0.0, nanoseconds(t.Wall)
	axis["axisLabel"].(object)["formatter"] = "@draw/duration"
	axis["axisLabel"].(object)["showMaxLabel"] = true // how long it took

	axis = option["yAxis"].(object)
	axis["axisLabel"].(object)["interval"] = float64(labelEvery(len(t.Lanes)) - 1)
	if len(t.Lanes) > 0 {
		axis["data"], axis["splitArea"] = laneCategories(t.Lanes, labels)
	}

	series := option["series"].([]any)
	if data := spanData(t.Lanes); data != nil {
		series[0].(object)["data"] = data
	}
	if len(t.Arrows) == 0 {
		option["series"] = series[:1]
	} else {
		series[1].(object)["data"] = list(t.Arrows, func(a Arrow) any {
			return []any{float64(a.From), float64(a.To), nanoseconds(a.At), literal(a.Detail)}
		})
	}
	return option
}

// laneLabels are the labels that stand beside the lanes, and the width that they
// need.
func laneLabels(lanes []Lane) (short []string, width float64) {
	labels := make([]string, len(lanes))
	for i, lane := range lanes {
		labels[i] = lane.Label
	}
	return labelColumn(labels, true, 200)
}

// laneCategories are the vertical axis' labels, locks in their own colour, and
// the bands behind the lanes.
func laneCategories(lanes []Lane, labels []string) (categories []any, bands object) {
	colors := make([]any, len(lanes))
	categories = make([]any, len(lanes))
	for i, lane := range lanes {
		category := object{"value": literal(labels[i])}
		colors[i] = "transparent"
		if lane.Kind == Lock {
			colors[i] = "@color/band"
			category["textStyle"] = object{"color": "@color/lock-edge"}
		}
		categories[i] = category
	}
	return categories, object{"show": true, "areaStyle": object{"color": colors}}
}

func spanData(lanes []Lane) (data []any) {
	for i, lane := range lanes {
		for _, s := range lane.Spans {
			data = append(data, []any{
				float64(i), nanoseconds(s.Start), nanoseconds(s.End),
				string(s.State), literal(s.Label), literal(s.Detail),
			})
		}
	}
	return data
}

func nanoseconds(d time.Duration) float64 { return float64(d) }
