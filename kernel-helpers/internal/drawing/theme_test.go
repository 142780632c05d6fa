package drawing

import (
	"math"
	"strconv"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/scene"
)

func TestColoursCanBeToldApart(t *testing.T) {
	const onText, onMarks = 4.5, 3
	for _, c := range []struct {
		name              string
		front, background scene.Color
		least             float64
	}{
		{"text", TextColor, SurfaceColor, onText},
		{"muted text", MutedColor, SurfaceColor, onText},
		{"a lock's label", LockEdgeColor, BandColor, onText},
		{"a holder's name", LockTextColor, Looks[Held].Style.Fill, onText},
		{"a running span's label", Looks[Running].Text, Looks[Running].Style.Fill, onText},
		{"bars", seriesColor, SurfaceColor, onMarks},
		{"arrows", ArrowColor, SurfaceColor, onMarks},
		{"sleeping", Looks[Sleeping].Style.Fill, SurfaceColor, onMarks},
		{"running", Looks[Running].Style.Fill, SurfaceColor, onMarks},
		{"the edge of ready", Looks[Ready].Style.Stroke, SurfaceColor, onMarks},
		{"the edge of waiting", Looks[Waiting].Style.Stroke, SurfaceColor, onMarks},
		{"the edge of contending", Looks[Contending].Style.Stroke, SurfaceColor, onMarks},
		{"the stripes of contending", Looks[Contending].Style.Hatch, Looks[Contending].Style.Fill, onMarks},
		{"the edge of held", Looks[Held].Style.Stroke, BandColor, onMarks},
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
