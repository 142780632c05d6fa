// Package scene holds a still drawing as a short list of primitives and renders
// it in two ways, as SVG and as PNG, so that both show the same.
//
// It knows what the charts of package plot are made of and nothing else: upright
// bars, text, vertical arrows, lines, dots and polygons.
package scene

// Color is "#RRGGBB"; "" draws nothing.
type Color string

// Scene is a drawing. Marks are drawn in order, later ones above.
type Scene struct {
	Width, Height int // CSS pixels
	Background    Color
	Dark          map[Color]Color // what stands for a colour on dark pages, in SVG
	Marks         []Mark
}

// Mark is a Rect, a Text, an Arrow, a Line, Dots or a Polygon. A program links
// only the code of those that it draws.
type Mark interface {
	svg(w *svgWriter)
	png(c *canvas)
	// colors notes what the mark is filled with and what its lines are drawn in.
	colors(fills, strokes map[Color]bool)
}

// Rect is an upright rectangle. Its stroke is one pixel wide and lies inside.
type Rect struct {
	X, Y, W, H float64
	Radius     float64
	Style      Style
}

// Style is how a rectangle is filled.
type Style struct {
	Fill   Color
	Hatch  Color // of diagonal stripes over the fill
	Stroke Color
}

// Text is one line of text whose baseline is at Y.
type Text struct {
	X, Y   float64
	Size   float64 // of the font, in pixels
	Bold   bool
	Anchor Anchor
	Color  Color
	String string
}

// Anchor says which point of a text is at its X.
type Anchor int

const (
	Start Anchor = iota
	Middle
	End
)

// Arrow is a vertical arrow with a dot at its start. Grow makes it bigger on all
// sides: drawn first, in the colour of the background, that is a halo.
type Arrow struct {
	X, From, To float64
	Grow        float64
	Color       Color
}

// Point is a place in a drawing.
type Point struct{ X, Y float64 }

// Line goes through points, with round ends and corners.
type Line struct {
	Points []Point
	Width  float64
	Dashed bool
	Color  Color
}

// Dots are discs of one size. Where they lie on each other they are darker.
type Dots struct {
	Points []Point
	Radius float64
	Alpha  float64 // how much they cover what is below: 0 to 1
	Color  Color
}

// Polygon is a filled area.
type Polygon struct {
	Points []Point
	Fill   Color
}

// Add puts marks on top.
func (s *Scene) Add(marks ...Mark) { s.Marks = append(s.Marks, marks...) }

// The measures of an arrow and of hatching, in pixels.
const (
	shaftWidth  = 1.5
	dotRadius   = 2.5
	headLength  = 6.0
	headWidth   = 7.0
	hatchPeriod = 6.0
	hatchWidth  = 2.0
	dashLength  = 5.0
	dashGap     = 4.0
)
