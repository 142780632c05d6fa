package plot

import "github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"

// The light theme, in which static drawings are made; dark has what stands for it on
// dark pages. The extension has the same names for both themes. Text has a contrast of at least 4.5 to 1,
// marks one of 3 to 1 by their fill or their edge.
const (
	textColor    scene.Color = "#1F2328"
	mutedColor   scene.Color = "#57606A"
	gridColor    scene.Color = "#E4E7EB"
	bandColor    scene.Color = "#F6F5FA"
	surfaceColor scene.Color = "#FFFFFF"
	arrowColor   scene.Color = "#1F2328"
	haloColor    scene.Color = "#FFFFFF"

	lockEdgeColor scene.Color = "#65479A"
	lockTextColor scene.Color = "#3D2A66"
	runningColor  scene.Color = "#0067A5"
	seriesColor   scene.Color = "#0067A5"
	intervalColor scene.Color = "#CFE3F1"
)

// seriesColors are those of the theme's series-1 to series-8.
var seriesColors = []scene.Color{seriesColor, "#B8400E", "#2E7D32", lockEdgeColor, "#8A6A00", "#00798C", "#B0276A", mutedColor}

// darkColors has the dark theme's colour for each of the light one's.
var darkColors = map[scene.Color]scene.Color{
	textColor:     "#E6E9ED",
	mutedColor:    "#9BA6B2",
	gridColor:     "#363C45",
	bandColor:     "#191B24",
	surfaceColor:  "#111111",
	runningColor:  "#4FA8E0",
	"#00517F":     "#9AD0F2",
	"#F2C14E":     "#D9A62E",
	"#9A6B00":     "#FFDF8C",
	"#B8400E":     "#FF8A55",
	"#F6D5C5":     "#552A18",
	"#5B7F86":     "#8FB3BA",
	"#6B7480":     "#9AA4B2",
	"#E4DDF1":     "#3A2F52",
	lockEdgeColor: "#B69AE8",
	lockTextColor: "#D9CBF7",
	intervalColor: "#1F3D54",
	"#2E7D32":     "#6CC070",
	"#8A6A00":     "#D9A62E",
	"#00798C":     "#4CC3D0",
	"#B0276A":     "#F07AB2",
}

// look is how the spans of a state are drawn. States differ in shape as well as
// in hue.
type look struct {
	style  scene.Style
	height float64     // share of the bar's height; 0: a line of lineHeight
	text   scene.Color // of a label inside; "": none
}

const (
	lineHeight = 4
	thinnest   = 4 // width of a span that can have an edge and round corners
)

// thin is the style of spans without an edge. A pale fill needs its edge to be
// seen, so the edge's colour fills them.
func (l look) thin() scene.Style {
	style := l.style
	if style.Stroke != "" && style.Hatch == "" && style.Fill != runningColor {
		style.Fill = style.Stroke
	}
	style.Stroke = ""
	return style
}

var looks = map[State]look{
	Running: {scene.Style{Fill: runningColor, Stroke: "#00517F"}, 1, surfaceColor},
	Ready:   {scene.Style{Fill: "#F2C14E", Stroke: "#9A6B00"}, 0.56, ""},
	// The loud one: waiting for a lock is what a reader can do something about.
	Contending: {scene.Style{Fill: "#F6D5C5", Stroke: "#B8400E", Hatch: "#B8400E"}, 1, ""},
	// A hollow bar: alive, and nothing to do until others have done their part.
	Waiting:  {scene.Style{Fill: surfaceColor, Stroke: "#5B7F86"}, 0.45, ""},
	Sleeping: {scene.Style{Fill: "#6B7480"}, 0, ""},
	Held:     {scene.Style{Fill: "#E4DDF1", Stroke: lockEdgeColor}, 0.9, lockTextColor},
}
