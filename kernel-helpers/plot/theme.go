package plot

import "github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"

// The light theme, for drawings that cannot ask for the reader's. The extension
// has the same names for both themes. Text has a contrast of at least 4.5 to 1,
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
)

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
	Running:  {scene.Style{Fill: runningColor, Stroke: "#00517F"}, 1, surfaceColor},
	Ready:    {scene.Style{Fill: "#F2C14E", Stroke: "#9A6B00"}, 0.56, ""},
	Waiting:  {scene.Style{Fill: "#F6D5C5", Stroke: "#B8400E", Hatch: "#B8400E"}, 1, ""},
	Sleeping: {scene.Style{Fill: "#6B7480"}, 0, ""},
	Held:     {scene.Style{Fill: "#E4DDF1", Stroke: lockEdgeColor}, 0.9, lockTextColor},
}
