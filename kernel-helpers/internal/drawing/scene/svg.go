package scene

import (
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// SVG returns the drawing as an SVG document of its own, labelled for screen
// readers.
func (s *Scene) SVG(label string) string {
	w := &svgWriter{hatches: make(map[Style]string)}
	w.put(`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="`, html.EscapeString(label),
		`" width="`, strconv.Itoa(s.Width), `" height="`, strconv.Itoa(s.Height),
		`" viewBox="0 0 `, strconv.Itoa(s.Width), " ", strconv.Itoa(s.Height),
		`" font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif">`)
	w.darken(s)
	w.defineHatches(s.Marks)
	w.put(`<rect width="100%" height="100%" fill="`, string(s.Background), `"/>`)
	for i := 0; i < len(s.Marks); {
		if _, ok := s.Marks[i].(Rect); ok {
			i += w.rects(s.Marks[i:])
			continue
		}
		s.Marks[i].svg(w)
		i++
	}
	w.put("</svg>")
	return w.String()
}

type svgWriter struct {
	strings.Builder
	hatches map[Style]string // ids of patterns
}

func (w *svgWriter) put(parts ...string) {
	for _, part := range parts {
		w.WriteString(part)
	}
}

// darken writes rules that exchange the colours that occur. An image follows the
// colour scheme of the element that shows it; what knows no rules shows the light
// colours, which stand in attributes.
func (w *svgWriter) darken(s *Scene) {
	fills, strokes := s.colors()
	w.put("<style>@media(prefers-color-scheme:dark){")
	for _, light := range slices.Sorted(maps.Keys(s.Dark)) {
		if fills[light] {
			w.put(`[fill="`, string(light), `"]{fill:`, string(s.Dark[light]), "}")
		}
		if strokes[light] {
			w.put(`[stroke="`, string(light), `"]{stroke:`, string(s.Dark[light]), "}")
		}
	}
	w.put("}</style>")
}

// colors returns what the marks are filled with, and what their lines are drawn in.
func (s *Scene) colors() (fills, strokes map[Color]bool) {
	fills, strokes = map[Color]bool{s.Background: true}, map[Color]bool{}
	for _, mark := range s.Marks {
		mark.colors(fills, strokes)
	}
	return fills, strokes
}

func (w *svgWriter) defineHatches(marks []Mark) {
	for _, mark := range marks {
		r, ok := mark.(Rect)
		if !ok || r.Style.Hatch == "" || w.hatches[r.Style] != "" {
			continue
		}
		id := "hatch" + strconv.Itoa(len(w.hatches)+1)
		w.hatches[r.Style] = id
		w.put(`<pattern id="`, id, `" width="`, number(hatchPeriod), `" height="`, number(hatchPeriod),
			`" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path fill="`, string(r.Style.Fill),
			`" d="M0 0h`, number(hatchPeriod), `v`, number(hatchPeriod), `H0z"/><path fill="`, string(r.Style.Hatch),
			`" d="M0 0h`, number(hatchWidth), `v`, number(hatchPeriod), `H0z"/></pattern>`)
	}
}

// rects writes the rectangles at the head of marks that share a style, and
// returns how many. Square ones go into one path: a dense timeline has thousands.
func (w *svgWriter) rects(marks []Mark) int {
	style := marks[0].(Rect).Style
	fill := string(style.Fill)
	if style.Hatch != "" {
		fill = "url(#" + w.hatches[style] + ")"
	}
	w.put(`<g fill="`, fill, `"`)
	if style.Stroke != "" {
		w.put(` stroke="`, string(style.Stroke), `"`)
	}
	w.put(">")
	inPath := false
	count := 0
	for _, mark := range marks {
		r, ok := mark.(Rect)
		if !ok || r.Style != style {
			break
		}
		count++
		if style.Stroke != "" { // SVG centres strokes on the edge
			r.X, r.Y, r.W, r.H = r.X+0.5, r.Y+0.5, max(r.W-1, 0), max(r.H-1, 0)
		}
		if r.Radius == 0 {
			if !inPath {
				w.put(`<path d="`)
				inPath = true
			}
			w.put("M", number(r.X), " ", number(r.Y), "h", number(r.W), "v", number(r.H), "h", number(-r.W), "z")
			continue
		}
		if inPath {
			w.put(`"/>`)
			inPath = false
		}
		w.put(`<rect x="`, number(r.X), `" y="`, number(r.Y), `" width="`, number(r.W), `" height="`, number(r.H),
			`" rx="`, number(min(r.Radius, r.W/2, r.H/2)), `"/>`)
	}
	if inPath {
		w.put(`"/>`)
	}
	w.put("</g>")
	return count
}

func (r Rect) svg(w *svgWriter) { w.rects([]Mark{r}) }

func (r Rect) colors(fills, strokes map[Color]bool) {
	fills[r.Style.Fill], fills[r.Style.Hatch], strokes[r.Style.Stroke] = true, true, true
}

func (t Text) colors(fills, _ map[Color]bool) { fills[t.Color] = true }

func (t Text) svg(w *svgWriter) {
	w.put(`<text x="`, number(t.X), `" y="`, number(t.Y), `" font-size="`, number(t.Size), `" fill="`, string(t.Color), `"`)
	if t.Bold {
		w.put(` font-weight="600"`)
	}
	switch t.Anchor {
	case Middle:
		w.put(` text-anchor="middle"`)
	case End:
		w.put(` text-anchor="end"`)
	}
	w.put(">", html.EscapeString(t.String), "</text>")
}

func (a Arrow) colors(fills, strokes map[Color]bool) {
	fills[a.Color], strokes[a.Color] = true, a.Grow > 0 || strokes[a.Color]
}

// svg draws shaft, dot and head as one path; a stroke makes it grow.
func (a Arrow) svg(w *svgWriter) {
	neck, half := a.To-headLength, shaftWidth/2
	if a.To < a.From {
		neck = a.To + headLength
	}
	w.put(`<path fill="`, string(a.Color))
	if a.Grow > 0 {
		w.put(`" stroke="`, string(a.Color), `" stroke-width="`, number(2*a.Grow))
	}
	w.put(`" d="M`, number(a.X-half), " ", number(a.From), "V", number(neck), "h", number(2*half), "V", number(a.From), "z")
	w.put("M", number(a.X-dotRadius), " ", number(a.From))
	for _, across := range []float64{2 * dotRadius, -2 * dotRadius} {
		w.put("a", number(dotRadius), " ", number(dotRadius), " 0 0 0 ", number(across), " 0")
	}
	w.put("z")
	w.put("M", number(a.X), " ", number(a.To), "L", number(a.X-headWidth/2), " ", number(neck), "h", number(headWidth), `z"/>`)
}

// number writes x with at most two decimals.
func number(x float64) string {
	s := strconv.FormatFloat(x, 'f', 2, 64)
	s = strings.TrimRight(s, "0")
	return strings.TrimSuffix(s, ".")
}
