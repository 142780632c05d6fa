package gantt

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

func TestAStripKeepsItsAreaHoweverDense(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 2))
	timeline := Timeline{Wall: time.Second}
	for range 20_000 {
		timeline.Strip = append(timeline.Strip, Load{time.Duration(random.Int64N(int64(time.Second))), random.IntN(4), random.IntN(3)})
	}
	clean := timeline.clean()
	area := func(stretches []stretch) (running, ready float64) {
		for _, s := range stretches {
			running += s.running * float64(s.end-s.start)
			ready += s.ready * float64(s.end-s.start)
		}
		return running, ready
	}
	running, ready := area(clean.stretches(0))
	thin := clean.thin(clean.Wall, mostSpans).stretches(pixelOf(clean.Wall))
	thinRunning, thinReady := area(thin)
	if math.Abs(running-thinRunning) > 1e-9*running || math.Abs(ready-thinReady) > 1e-9*ready {
		t.Errorf("ran %v, drawn %v; ready %v, drawn %v", running, thinRunning, ready, thinReady)
	}
	if len(thin) > 2*drawing.FullWidth+2 {
		t.Errorf("%d stretches are drawn", len(thin))
	}
}

func TestArrowsOfTimelinesBesideEachOtherStayInTheirs(t *testing.T) {
	chart := Beside("", lockQueue(), lockQueue())
	rows := len(chart.Lanes)
	for _, series := range chart.Option["series"].([]any) {
		if s := series.(drawing.Object); s["name"] == "arrows" {
			for i, arrow := range s["data"].([]any) {
				from, to := arrow.([]any)[0].(float64), arrow.([]any)[1].(float64)
				isBelow := i >= len(lockQueue().Arrows)
				if (from > float64(rows)/2) != isBelow || (to > float64(rows)/2) != isBelow {
					t.Errorf("arrow %d goes from row %v to row %v of %d", i, from, to, rows)
				}
			}
		}
	}
}
