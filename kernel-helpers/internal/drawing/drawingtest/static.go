package drawingtest

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

// checkSVG checks that it is well-formed, fetches and runs nothing, and has only
// numbers where numbers belong.
func checkSVG(t *testing.T, svg string) {
	t.Helper()
	checkWellFormed(t, svg)
	rest := strings.ReplaceAll(svg, `xmlns="http://www.w3.org/2000/svg"`, "")
	if bad := regexp.MustCompile(`(?i)<script|https?:|<image|<foreignObject|\son\w+=|url\((?:[^#]|#\W)|NaN|Inf`).FindString(unquoted(rest)); bad != "" {
		t.Errorf("there is %q in the SVG", bad)
	}
	if strings.Contains(svg, ">-0<") || strings.Contains(svg, ">-0 ") {
		t.Error("an axis says -0")
	}
}

// unquoted is svg without text and labels, which may say anything.
func unquoted(svg string) string {
	svg = regexp.MustCompile(`aria-label="[^"]*"`).ReplaceAllString(svg, "")
	return regexp.MustCompile(`>[^<]*</text>`).ReplaceAllString(svg, "></text>")
}

func checkWellFormed(t *testing.T, document string) {
	t.Helper()
	for decoder := xml.NewDecoder(strings.NewReader(document)); ; {
		if _, err := decoder.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%v in %.300s", err, document)
		}
	}
}

// svgText is a text element.
type svgText struct {
	X      float64 `xml:"x,attr"`
	Y      float64 `xml:"y,attr"`
	Size   float64 `xml:"font-size,attr"`
	Weight string  `xml:"font-weight,attr"`
	Anchor string  `xml:"text-anchor,attr"`
	Text   string  `xml:",chardata"`
}

// span is where the text begins and ends in a font wider than the one measured.
func (s svgText) span() (left, right float64) {
	width := scene.TextWidth(s.Text, s.Size, s.Weight != "") * 1.15
	switch s.Anchor {
	case "middle":
		return s.X - width/2, s.X + width/2
	case "end":
		return s.X - width, s.X
	}
	return s.X, s.X + width
}

// checkText checks that all text is large enough, whole, and clear of other text.
func checkText(t *testing.T, svg string) {
	t.Helper()
	var document struct {
		Width  float64   `xml:"width,attr"`
		Height float64   `xml:"height,attr"`
		Texts  []svgText `xml:"text"`
	}
	if err := xml.Unmarshal([]byte(svg), &document); err != nil {
		t.Fatal(err)
	}
	for i, text := range document.Texts {
		if text.Size < 11 {
			t.Errorf("%q is %v pixels high, want at least 11", text.Text, text.Size)
		}
		left, right := text.span()
		if left < 0 || right > document.Width || text.Y < text.Size || text.Y > document.Height-3 {
			t.Errorf("%q is cut: from %.0f to %.0f at %.0f", text.Text, left, right, text.Y)
		}
		for _, other := range document.Texts[:i] {
			otherLeft, otherRight := other.span()
			if math.Abs(text.Y-other.Y) < 11 && left < otherRight && otherLeft < right {
				t.Errorf("%q and %q overlap", other.Text, text.Text)
			}
		}
	}
}

// checkPNG checks that the picture can be read and is twice the size of the SVG.
func checkPNG(t *testing.T, svg string, bundle display.Bundle) {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(bundle["image/png"].([]byte)))
	if err != nil {
		t.Fatal(err)
	}
	size := decoded.Bounds().Size()
	if want := fmt.Sprintf(`width="%d" height="%d"`, size.X/2, size.Y/2); !strings.Contains(svg, want) || size.X != 2*drawing.Width {
		t.Errorf("%v pixels, want twice that of the SVG", size)
	}
}

// checkPage checks that the form for pages is the SVG as an image, and the data as a
// table.
func checkPage(t *testing.T, chart *drawing.Chart, svg string, bundle display.Bundle) {
	t.Helper()
	page := bundle["text/html"].(string)
	checkWellFormed(t, page)
	if strings.Contains(strings.ToLower(page), "<script") {
		t.Error("a script in the page")
	}
	source := regexp.MustCompile(`<img [^>]*src="data:image/svg\+xml;base64,([^"]*)"`).FindStringSubmatch(page)
	if source == nil {
		t.Fatalf("no image in %.300s", page)
	}
	if image, err := base64.StdEncoding.DecodeString(source[1]); err != nil || string(image) != svg {
		t.Errorf("the image is not the SVG: %v", err)
	}
	if got, want := strings.Count(page, "<tr>"), len(chart.Table.Rows); want > 0 && got != want+1 {
		t.Errorf("%d rows in the table, want %d and a header", got, want)
	}
	if bundle["text/plain"] == nil {
		t.Error("no text/plain")
	}
}
