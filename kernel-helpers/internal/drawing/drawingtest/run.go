// Package drawingtest has the checks that every kind of chart must pass, for the
// tests of the packages that draw them.
package drawingtest

import (
	"flag"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

var (
	update = flag.Bool("update", false, "write testdata anew")
	look   = flag.String("look", "", "folder to draw all charts into, for a look at them")
)

// Run checks all forms of charts, by name. The payloads of samples are compared with
// those in testdata, which the tests of the renderer read too; extremes only have to
// be survived.
func Run(t *testing.T, samples, extremes map[string]*drawing.Chart) {
	all := maps.Clone(samples)
	maps.Copy(all, extremes)
	for name, chart := range all {
		t.Run(name, func(t *testing.T) {
			bundle, err := chart.Bundle()
			if err != nil {
				t.Fatal(err)
			}
			svg := chart.SVG()
			if _, isSample := samples[name]; isSample {
				checkRecorded(t, name, bundle)
			}
			checkPayload(t, bundle)
			checkSVG(t, svg)
			checkText(t, svg)
			checkPNG(t, svg, bundle)
			checkPage(t, chart, svg, bundle)
			if chart.Height < 40 || chart.Height > 10_000 {
				t.Errorf("height %d, which pages do not accept", chart.Height)
			}
			draw(t, name, svg, bundle)
		})
	}
}

// draw writes the chart's pictures if somebody wants to look at them.
func draw(t *testing.T, name, svg string, bundle display.Bundle) {
	if *look == "" {
		return
	}
	for ext, content := range map[string][]byte{".png": bundle["image/png"].([]byte), ".svg": []byte(svg)} {
		if err := os.WriteFile(filepath.Join(*look, strings.ReplaceAll(name, " ", "-")+ext), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
