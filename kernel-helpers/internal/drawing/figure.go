package drawing

import (
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// Figure draws what is below a chart's title and subtitle.
type Figure interface {
	Height() int
	// Draw draws into the part of s between the left and right margins, from top
	// down.
	Draw(s *scene.Scene, top float64)
}

// Measures of the static drawing, in CSS pixels. It is narrower than the
// interactive one, since pages can only shrink it, and its text with it.
const (
	Width        = 960
	Margin       = 16
	bottomMargin = 10
	titleSize    = 15
	subtitleSize = 12
)

// SVG returns the chart as a static SVG document: in the light theme, and in the
// dark one where the page around it says that it is dark. It holds no script and
// fetches nothing.
func (c *Chart) SVG() string {
	return c.scene().SVG(c.alt())
}

// alt is the text for those who do not see the drawing.
func (c *Chart) alt() string {
	return strings.TrimPrefix(c.Title+". "+c.Text, ". ")
}

// PNG returns the chart as a static PNG in the light theme, at twice its size in
// CSS pixels.
func (c *Chart) PNG() []byte {
	return c.scene().PNG()
}

func (c *Chart) scene() *scene.Scene {
	s := &scene.Scene{Width: Width, Background: SurfaceColor, Dark: darkColors}
	top := float64(Margin)
	if c.Title != "" {
		top += titleSize
		s.Add(scene.Text{X: Margin, Y: top, Size: titleSize, Bold: true, Color: TextColor,
			String: Fit(c.Title, titleSize, true, Width-2*Margin)})
		top += 6
	}
	for _, row := range wrap(c.Subtitle, subtitleSize, Width-2*Margin, 3) {
		top += subtitleSize + 2
		s.Add(scene.Text{X: Margin, Y: top, Size: subtitleSize, Color: MutedColor, String: row})
		top += 4
	}
	top += 10
	if c.figure != nil {
		c.figure.Draw(s, top)
		top += float64(c.figure.Height())
	}
	s.Height = int(top) + bottomMargin
	return s
}

// wrap breaks text into at most rows rows of at most width pixels.
func wrap(text string, size, width float64, rows int) []string {
	var lines []string
	row := ""
	for _, word := range strings.Fields(text) {
		longer := strings.TrimSpace(row + " " + word)
		if row == "" || scene.TextWidth(longer, size, false)*FontSlack <= width {
			row = longer
			continue
		}
		lines = append(lines, row)
		row = word
	}
	if row != "" {
		lines = append(lines, row)
	}
	if len(lines) > rows {
		lines[rows-1] = strings.Join(lines[rows-1:], " ")
		lines = lines[:rows]
	}
	for i, line := range lines {
		lines[i] = Fit(line, size, false, width)
	}
	return lines
}

// Ticks draws the horizontal axis below the drawing area: a grid line and a
// figure for each step.
func Ticks(s *scene.Scene, area Area, values []float64, figures []string) {
	for i, value := range values {
		x := area.X(value)
		if value != area.From {
			s.Add(scene.Rect{X: x - 0.5, Y: area.Top, W: 1, H: area.Bottom - area.Top, Style: scene.Style{Fill: GridColor}})
		}
		s.Add(scene.Rect{X: x - 0.5, Y: area.Bottom, W: 1, H: 5, Style: scene.Style{Fill: MutedColor}})
		s.Add(scene.Text{X: x, Y: area.Bottom + 18, Size: TickSize, Anchor: scene.Middle, Color: MutedColor, String: figures[i]})
	}
	s.Add(scene.Rect{X: area.Left, Y: area.Bottom, W: area.Right - area.Left, H: 1, Style: scene.Style{Fill: MutedColor}})
}

// Area is the part of a scene that data is drawn in, and the values that its
// edges stand for.
type Area struct {
	Left, Right, Top, Bottom float64
	From, To                 float64 // at the left and the right edge
	Low, High                float64 // at the bottom and the top edge
	Rows                     int     // instead of low and high: rows of the same height
}

// X is where a value of the horizontal axis is.
func (a Area) X(value float64) float64 {
	return a.Left + (value-a.From)/(a.To-a.From)*(a.Right-a.Left)
}

// Y is where a value is, or the middle of a row, counted from the top.
func (a Area) Y(value float64) float64 {
	if a.Rows > 0 {
		return a.Top + (value+0.5)/float64(a.Rows)*(a.Bottom-a.Top)
	}
	return a.Bottom - (value-a.Low)/(a.High-a.Low)*(a.Bottom-a.Top)
}
