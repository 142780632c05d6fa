package plot

import (
	"math"
	"slices"
	"strings"
	"testing"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// readersPie, readersLine and readersHeatmap are charts as a reader builds them.
func readersPie() EChart {
	pie := echarts.NewPie()
	pie.SetGlobalOptions(echarts.WithTitleOpts(opts.Title{Title: "Time of a request", Subtitle: "ms, on average"}))
	pie.AddSeries("ms", []opts.PieData{{Name: "network", Value: 41}, {Name: "disk", Value: 12.5}, {Name: "computing", Value: 7}})
	return pie
}

func readersLine() EChart {
	line := echarts.NewLine()
	line.SetGlobalOptions(
		echarts.WithTitleOpts(opts.Title{Title: "Pages by hour"}),
		echarts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: "axis", Formatter: "<b>{b}</b>"}),
		echarts.WithToolboxOpts(opts.Toolbox{Show: opts.Bool(true)}),
		echarts.WithYAxisOpts(opts.YAxis{AxisLabel: &opts.AxisLabel{Formatter: opts.FuncOpts("value => value + '!'")}}),
	)
	line.SetXAxis([]string{"8", "9", "10", "@color/text"})
	line.AddSeries("Monday", []opts.LineData{{Value: 3}, {Value: 5}, {Value: nil}, {Value: 9}})
	line.AddSeries("Tuesday", []opts.LineData{{Value: 2}, {Value: math.NaN()}, {Value: 6}, {Value: 4}}, echarts.WithItemStyleOpts(opts.ItemStyle{Color: "#B0276A"}))
	return line
}

func readersHeatmap() EChart {
	heat := echarts.NewHeatMap()
	heat.SetGlobalOptions(echarts.WithTitleOpts(opts.Title{Title: "Waits"}), echarts.WithVisualMapOpts(opts.VisualMap{Min: 0, Max: 10}))
	heat.SetGlobalOptions(echarts.WithYAxisOpts(opts.YAxis{Type: "category", Data: []string{"lock"}}))
	heat.SetGlobalOptions(echarts.WithXAxisOpts(opts.XAxis{Type: "category", Data: []string{"a", "b"}}))
	heat.AddSeries("waits", []opts.HeatMapData{{Value: [3]any{0, 0, 5}}, {Value: [3]any{1, 0, 9}}})
	return heat
}

func TestReadersChartsKeepTheirDataAndLoseWhatCouldRun(t *testing.T) {
	chart := fromECharts(readersLine())
	if _, err := chart.Bundle(); err != nil {
		t.Fatal(err)
	}
	want := "Left out, since a notebook may only show data: toolbox, tooltip.formatter, yAxis.axisLabel.formatter."
	if chart.Title != "Pages by hour" || chart.Subtitle != want {
		t.Errorf("title %q, subtitle %q, want %q", chart.Title, chart.Subtitle, want)
	}
	if _, ok := chart.Option["color"]; ok {
		t.Error("go-echarts' own colours hide those of the theme")
	}
	monday := chart.Option["series"].([]any)[0].(drawing.Object)
	if monday["type"] != "line" || len(monday["data"].([]any)) != 4 {
		t.Errorf("series %v", monday)
	}
	if got := chart.Table.Rows[7]; !slices.Equal(got, []string{"Tuesday", "\u200b@color/text", "4"}) {
		t.Errorf("last row of the table %q", got)
	}
	if !strings.Contains(chart.SVG(), ">Tuesday<") {
		t.Error("the lines are not in the static form")
	}
}

func TestAPieIsDrawnAsBarsWherePicturesAreStatic(t *testing.T) {
	chart := fromECharts(readersPie())
	if chart.Title != "Time of a request" || chart.Subtitle != "ms, on average" {
		t.Errorf("title %q, subtitle %q", chart.Title, chart.Subtitle)
	}
	for _, text := range []string{">network<", ">41<", ">12.5<"} {
		if !strings.Contains(chart.SVG(), text) {
			t.Errorf("%s is not in the drawing", text)
		}
	}
	if want := "Time of a request: a pie chart of 3 values. ms, on average"; chart.Text != want {
		t.Errorf("text %q, want %q", chart.Text, want)
	}
}

func TestWhatStaticFormsCannotDrawIsATable(t *testing.T) {
	chart := fromECharts(readersHeatmap())
	if _, err := chart.Bundle(); err != nil || !strings.Contains(chart.SVG(), "its data stand in the table") || len(chart.Table.Rows) != 2 {
		t.Errorf("error %v, table %v", err, chart.Table)
	}
}

func TestMapsAndSpaceAreRefused(t *testing.T) {
	space := echarts.NewBar3D()
	space.AddSeries("space", []opts.Chart3DData{{Value: []any{1, 2, 3}}})
	world := echarts.NewMap()
	world.RegisterMapType("world")
	world.AddSeries("world", []opts.MapData{{Name: "Peru", Value: 1}})
	for _, chart := range []EChart{space, world} {
		if err := Show(chart); err == nil || !strings.Contains(err.Error(), "is not drawn in a notebook; these are: line, bar") {
			t.Errorf("error %v, want one that says what can be drawn", err)
		}
	}
}
