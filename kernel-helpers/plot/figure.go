package plot

import (
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// figure draws what is below a chart's title and subtitle.
type figure interface {
	height() int
	// draw draws into the part of s between the left and right margins, from top
	// down.
	draw(s *scene.Scene, top float64)
}

// Measures of the static drawing, in CSS pixels. It is narrower than the
// interactive one, since pages can only shrink it, and its text with it.
const (
	staticWidth  = 960
	margin       = 16
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
	s := &scene.Scene{Width: staticWidth, Background: surfaceColor, Dark: darkColors}
	top := float64(margin)
	if c.Title != "" {
		top += titleSize
		s.Add(scene.Text{X: margin, Y: top, Size: titleSize, Bold: true, Color: textColor,
			String: fit(c.Title, titleSize, true, staticWidth-2*margin)})
		top += 6
	}
	for _, row := range wrap(c.Subtitle, subtitleSize, staticWidth-2*margin, 3) {
		top += subtitleSize + 2
		s.Add(scene.Text{X: margin, Y: top, Size: subtitleSize, Color: mutedColor, String: row})
		top += 4
	}
	top += 10
	if c.figure != nil {
		c.figure.draw(s, top)
		top += float64(c.figure.height())
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
		if row == "" || scene.TextWidth(longer, size, false)*fontSlack <= width {
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
		lines[i] = fit(line, size, false, width)
	}
	return lines
}

// ticks draws the horizontal axis below the drawing area: a grid line and a
// figure for each step.
func ticks(s *scene.Scene, area area, values []float64, figures []string) {
	for i, value := range values {
		x := area.x(value)
		if value != area.from {
			s.Add(scene.Rect{X: x - 0.5, Y: area.top, W: 1, H: area.bottom - area.top, Style: scene.Style{Fill: gridColor}})
		}
		s.Add(scene.Rect{X: x - 0.5, Y: area.bottom, W: 1, H: 5, Style: scene.Style{Fill: mutedColor}})
		s.Add(scene.Text{X: x, Y: area.bottom + 18, Size: tickSize, Anchor: scene.Middle, Color: mutedColor, String: figures[i]})
	}
	s.Add(scene.Rect{X: area.left, Y: area.bottom, W: area.right - area.left, H: 1, Style: scene.Style{Fill: mutedColor}})
}

// area is the part of a scene that data is drawn in, and the values that its
// edges stand for.
type area struct {
	left, right, top, bottom float64
	from, to                 float64 // at the left and the right edge
	low, high                float64 // at the bottom and the top edge
	rows                     int     // instead of low and high: rows of the same height
}

func (a area) x(value float64) float64 {
	return a.left + (value-a.from)/(a.to-a.from)*(a.right-a.left)
}

// y is where a value is, or the middle of a row, counted from the top.
func (a area) y(value float64) float64 {
	if a.rows > 0 {
		return a.top + (value+0.5)/float64(a.rows)*(a.bottom-a.top)
	}
	return a.bottom - (value-a.low)/(a.high-a.low)*(a.bottom-a.top)
}
