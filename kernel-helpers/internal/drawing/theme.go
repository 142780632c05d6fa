package drawing

import "github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"

// The light theme, in which static drawings are made; darkColors has what stands for
// it on dark pages. The extension has the same names for both themes. Text has a
// contrast of at least 4.5 to 1, marks one of 3 to 1 by their fill or their edge.
const (
	TextColor    scene.Color = "#1F2328"
	MutedColor   scene.Color = "#57606A"
	GridColor    scene.Color = "#E4E7EB"
	BandColor    scene.Color = "#F6F5FA"
	SurfaceColor scene.Color = "#FFFFFF"
	ArrowColor   scene.Color = "#1F2328"
	HaloColor    scene.Color = "#FFFFFF"

	LockEdgeColor scene.Color = "#65479A"
	LockTextColor scene.Color = "#3D2A66"
	runningColor  scene.Color = "#0067A5"
	seriesColor   scene.Color = "#0067A5"
	IntervalColor scene.Color = "#CFE3F1"
)

// SeriesColors are those of the theme's series-1 to series-8.
var SeriesColors = []scene.Color{seriesColor, "#B8400E", "#2E7D32", LockEdgeColor, "#8A6A00", "#00798C", "#B0276A", MutedColor}

// darkColors has the dark theme's colour for each of the light one's.
var darkColors = map[scene.Color]scene.Color{
	TextColor:     "#E6E9ED",
	MutedColor:    "#9BA6B2",
	GridColor:     "#363C45",
	BandColor:     "#191B24",
	SurfaceColor:  "#111111",
	runningColor:  "#4FA8E0",
	"#00517F":     "#9AD0F2",
	"#F2C14E":     "#D9A62E",
	"#9A6B00":     "#FFDF8C",
	"#B8400E":     "#FF8A55",
	"#F6D5C5":     "#552A18",
	"#5B7F86":     "#8FB3BA",
	"#6B7480":     "#9AA4B2",
	"#E4DDF1":     "#3A2F52",
	LockEdgeColor: "#B69AE8",
	LockTextColor: "#D9CBF7",
	IntervalColor: "#1F3D54",
	"#2E7D32":     "#6CC070",
	"#8A6A00":     "#D9A62E",
	"#00798C":     "#4CC3D0",
	"#B0276A":     "#F07AB2",
}

// Look is how the spans of a state are drawn. States differ in shape as well as
// in hue.
type Look struct {
	Style  scene.Style
	Height float64     // share of the bar's height; 0: a line of LineHeight
	Text   scene.Color // of a label inside; "": none
}

// Measures of spans, in CSS pixels.
const (
	LineHeight = 4 // of a span that is a line
	Thinnest   = 4 // width of a span that can have an edge and round corners
)

// Thin is the style of spans without an edge. A pale fill needs its edge to be
// seen, so the edge's colour fills them.
func (l Look) Thin() scene.Style {
	style := l.Style
	if style.Stroke != "" && style.Hatch == "" && style.Fill != runningColor {
		style.Fill = style.Stroke
	}
	style.Stroke = ""
	return style
}

// Looks has the look of each state; what is not in it is no state of a span.
var Looks = map[State]Look{
	Running: {scene.Style{Fill: runningColor, Stroke: "#00517F"}, 1, SurfaceColor},
	Ready:   {scene.Style{Fill: "#F2C14E", Stroke: "#9A6B00"}, 0.56, ""},
	// The loud one: waiting for a lock is what a reader can do something about.
	Contending: {scene.Style{Fill: "#F6D5C5", Stroke: "#B8400E", Hatch: "#B8400E"}, 1, ""},
	// A hollow bar: alive, and nothing to do until others have done their part.
	Waiting:  {scene.Style{Fill: SurfaceColor, Stroke: "#5B7F86"}, 0.45, ""},
	Sleeping: {scene.Style{Fill: "#6B7480"}, 0, ""},
	Held:     {scene.Style{Fill: "#E4DDF1", Stroke: LockEdgeColor}, 0.9, LockTextColor},
	Fault:    {scene.Style{Fill: "#B8400E"}, 1, SurfaceColor},
}
