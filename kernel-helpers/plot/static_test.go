package plot

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image/png"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
	"github.com/interleave-lab/interleave/kernel-helpers/plot/internal/scene"
)

// charts is samples and some more that only have to be survived.
var charts = sync.OnceValue(func() map[string]*Chart {
	all := samples()
	all["nothing at all"] = Timeline{}.Chart()
	all["one lane"] = Timeline{Lanes: []Lane{{Label: "main"}}}.Chart()
	all["one instant"] = Timeline{Lanes: []Lane{{Label: "main", Spans: []Span{{0, 0, Running, "", ""}}}}}.Chart()
	all["200 lanes"] = manyLanes(200).Chart()
	all["too many lanes"] = manyLanes(300).Chart()
	all["three days"] = Timeline{Wall: 72 * time.Hour, Lanes: []Lane{{Label: "main", Spans: []Span{{0, time.Hour, Running, "", ""}}}}}.Chart()
	all["no bars"] = Bar("")
	all["huge bars"] = Bar("Huge", Number("a", math.MaxFloat64/5, ""), Number("b", -math.MaxFloat64/5, ""), Number("c", math.MaxFloat64, ""))
	for name, series := range map[string][]Series{
		"no series": nil, "no points": {{Name: "none"}}, "one point": {{"one", []float64{3}, []float64{-4}}},
		"only gaps":   {{"gaps", []float64{1, math.NaN()}, []float64{math.Inf(-1), 2}}},
		"huge":        {{"huge", []float64{0, math.MaxFloat64 / 5}, []float64{-math.MaxFloat64 / 5, math.MaxFloat64}}},
		"level":       {{"level", []float64{5, 5, 5}, []float64{2, 2, 2}}},
		"tiny":        {{"tiny", []float64{1e-300, 2e-300}, []float64{-1e-12, 5e-12}}},
		"close":       {{"close", []float64{1e9, 1e9 + 1}, []float64{1.0000001, 1.0000002}}},
		"many points": {manyPoints(50_000)},
	} {
		all["line of "+name] = Line("Line", "x", "y", series...)
		all["scatter of "+name] = Scatter("Scatter", "", "", series...)
		var values []float64
		for _, s := range series {
			values = append(values, s.Y...)
		}
		all["histogram of "+name] = Histogram("Histogram", "things", values...)
	}
	all["no durations"], all["one duration"] = Durations(""), Durations("", time.Second)
	all["equal durations"] = Durations("", 1, 1, 1, 1)
	all["nothing to compare"], all["no runs"] = Spread(""), Spread("", Sample{}, Sample{Label: "b", Times: []time.Duration{5}})
	all["long names"] = Spread("Long", runs("a case whose name goes on for much longer than any column is wide, whatever the page", ms, 3), runs("", 2*ms, 1000))
	all["no speed-up"] = SpeedUp("", nil, math.NaN())
	all["strange speed-up"] = SpeedUp("", []Speed{{0, 1, 0, 0}, {-3, 2, 0, 0}, {8, math.NaN(), 0, 0}, {64, 31, 28, math.Inf(1)}, {1000, 700, 690, 705}}, 7)
	all["one worker"] = SpeedUp("", []Speed{{1, 1, 1, 1}}, 1)
	all["nobody waits"], all["waits for itself"] = WaitFor{}.Chart(), WaitFor{Edges: []Wait{{"a", "b", "a", ""}}}.Chart()
	all["a crowd waits"] = crowd(60).Chart()
	all["nothing beside"], all["one beside"] = Beside(""), Beside("One", naps())
	all["many beside"] = Beside("Many", naps(), manyLanes(200), Timeline{}, withStrip(lockQueue()))
	all["equal bars"] = Bar("Nothing", Time("a", 0), Time("b", 0))
	return all
})

// bundles is charts in all their forms, made once: pictures take long under the
// race detector.
var bundles = sync.OnceValue(func() map[string]display.Bundle {
	all := make(map[string]display.Bundle)
	for name, chart := range charts() {
		bundle, err := chart.Bundle()
		if err != nil {
			panic(name + ": " + err.Error())
		}
		all[name] = bundle
	}
	return all
})

func TestSVGIsWellFormedAndFetchesNothing(t *testing.T) {
	for name, chart := range charts() {
		t.Run(name, func(t *testing.T) {
			svg := chart.SVG()
			wellFormed(t, svg)
			rest := strings.ReplaceAll(svg, `xmlns="http://www.w3.org/2000/svg"`, "")
			if bad := regexp.MustCompile(`(?i)<script|https?:|<image|<foreignObject|\son\w+=|url\((?:[^#]|#\W)|NaN|Inf`).FindString(unquoted(rest)); bad != "" {
				t.Errorf("there is %q in it", bad)
			}
		})
	}
}

// unquoted is svg without text and labels, which may say anything.
func unquoted(svg string) string {
	svg = regexp.MustCompile(`aria-label="[^"]*"`).ReplaceAllString(svg, "")
	return regexp.MustCompile(`>[^<]*</text>`).ReplaceAllString(svg, "></text>")
}

func wellFormed(t *testing.T, document string) {
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

func TestTextIsReadableWholeAndClear(t *testing.T) {
	for name, chart := range charts() {
		t.Run(name, func(t *testing.T) {
			var document struct {
				Width  float64   `xml:"width,attr"`
				Height float64   `xml:"height,attr"`
				Texts  []svgText `xml:"text"`
			}
			if err := xml.Unmarshal([]byte(chart.SVG()), &document); err != nil {
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
		})
	}
}

func TestAxesBeginAtPlainZero(t *testing.T) {
	for name, chart := range charts() {
		if svg := chart.SVG(); strings.Contains(svg, ">-0<") || strings.Contains(svg, ">-0 ") {
			t.Errorf("%s: an axis says -0", name)
		}
	}
}

func TestColoursCanBeToldApart(t *testing.T) {
	const onText, onMarks = 4.5, 3
	for _, c := range []struct {
		name              string
		front, background scene.Color
		least             float64
	}{
		{"text", textColor, surfaceColor, onText},
		{"muted text", mutedColor, surfaceColor, onText},
		{"a lock's label", lockEdgeColor, bandColor, onText},
		{"a holder's name", lockTextColor, looks[Held].style.Fill, onText},
		{"a running span's label", looks[Running].text, looks[Running].style.Fill, onText},
		{"bars", seriesColor, surfaceColor, onMarks},
		{"arrows", arrowColor, surfaceColor, onMarks},
		{"sleeping", looks[Sleeping].style.Fill, surfaceColor, onMarks},
		{"running", looks[Running].style.Fill, surfaceColor, onMarks},
		{"the edge of ready", looks[Ready].style.Stroke, surfaceColor, onMarks},
		{"the edge of waiting", looks[Waiting].style.Stroke, surfaceColor, onMarks},
		{"the edge of contending", looks[Contending].style.Stroke, surfaceColor, onMarks},
		{"the stripes of contending", looks[Contending].style.Hatch, looks[Contending].style.Fill, onMarks},
		{"the edge of held", looks[Held].style.Stroke, bandColor, onMarks},
	} {
		if got := contrast(t, c.front, c.background); got < c.least {
			t.Errorf("%s: contrast %.1f, want at least %.1f", c.name, got, c.least)
		}
	}
}

// contrast is the contrast ratio of WCAG 2.
func contrast(t *testing.T, a, b scene.Color) float64 {
	t.Helper()
	luminance := func(c scene.Color) float64 {
		sum := 0.0
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			level, err := strconv.ParseUint(string(c[1+2*i:3+2*i]), 16, 8)
			if err != nil {
				t.Fatal(err)
			}
			v := float64(level) / 255
			if v <= 0.03928 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += weight * v
		}
		return sum + 0.05
	}
	x, y := luminance(a), luminance(b)
	return max(x, y) / min(x, y)
}

func TestPNGIsTwiceTheSizeOfSVG(t *testing.T) {
	for name, chart := range charts() {
		t.Run(name, func(t *testing.T) {
			picture := bundles()[name]["image/png"].([]byte)
			decoded, err := png.Decode(bytes.NewReader(picture))
			if err != nil {
				t.Fatal(err)
			}
			size := decoded.Bounds().Size()
			if want := fmt.Sprintf(`width="%d" height="%d"`, size.X/2, size.Y/2); !strings.Contains(chart.SVG(), want) || size.X != 2*staticWidth {
				t.Errorf("%v pixels, want twice that of the SVG", size)
			}
		})
	}
}

func TestFigureIsAnImageAndATable(t *testing.T) {
	for name, chart := range charts() {
		t.Run(name, func(t *testing.T) {
			bundle := bundles()[name]
			page := bundle["text/html"].(string)
			wellFormed(t, page)
			if strings.Contains(strings.ToLower(page), "<script") {
				t.Error("a script")
			}
			source := regexp.MustCompile(`<img [^>]*src="data:image/svg\+xml;base64,([^"]*)"`).FindStringSubmatch(page)
			if source == nil {
				t.Fatalf("no image in %.300s", page)
			}
			if svg, err := base64.StdEncoding.DecodeString(source[1]); err != nil || string(svg) != chart.SVG() {
				t.Errorf("the image is not the SVG: %v", err)
			}
			if got, want := strings.Count(page, "<tr>"), len(chart.Table.Rows); want > 0 && got != want+1 {
				t.Errorf("%d rows in the table, want %d and a header", got, want)
			}
			for _, mime := range []string{MIME, "text/plain", "image/png"} {
				if bundle[mime] == nil {
					t.Errorf("no %s", mime)
				}
			}
		})
	}
}

func TestHeightIsOneThatPagesAccept(t *testing.T) {
	for name, chart := range charts() {
		if chart.Height < 40 || chart.Height > 10_000 {
			t.Errorf("%s: height %d", name, chart.Height)
		}
	}
}

func manyPoints(n int) Series {
	s := Series{Name: "many"}
	for i := range n {
		s.X = append(s.X, float64(i))
		s.Y = append(s.Y, math.Sin(float64(i)/3000)+float64(i%7)/20)
	}
	return s
}

// crowd is n threads that wait for each other's locks in circles of four.
func crowd(n int) (w WaitFor) {
	for i := range n {
		w.Edges = append(w.Edges, Wait{fmt.Sprint("T", i), fmt.Sprint("lock ", i), fmt.Sprint("T", i/4*4+(i+1)%4), fmt.Sprint("cell 1, line ", i)})
	}
	return w
}
