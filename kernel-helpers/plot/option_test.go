package plot

import (
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing/drawingtest"
)

func TestCharts(t *testing.T) { drawingtest.Run(t, samples(), extremes()) }

func TestTextOfReadersIsNotTakenForNames(t *testing.T) {
	got := drawingtest.Names(t, Bar("", Number("@color/text", 1, "@draw/value")))
	if want := drawingtest.Names(t, Bar("", Number("a", 1, "b"))); got != want {
		t.Errorf("%d names in the option, want the %d that are there without such text", got, want)
	}
}
