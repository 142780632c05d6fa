package gantt

import (
	"slices"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

func TestTheChainFollowsItsLanes(t *testing.T) {
	clean := Timeline{
		Lanes: []Lane{{Label: "mu", Kind: drawing.Lock}, {Label: "a"}, {Label: "b"}},
		Path:  []Step{{1, -5, 4}, {2, 4, 20}, {7, 0, 1}, {-1, 0, 1}, {1, 30, 40}},
		Wall:  10,
	}.clean()
	if want := []Step{{0, 0, 4}, {1, 4, 10}}; !slices.Equal(clean.Path, want) {
		t.Errorf("path %v, want %v", clean.Path, want)
	}
	if cropped := clean.crop(1); !slices.Equal(cropped.Path, clean.Path[:1]) {
		t.Errorf("path of the first lane: %v", cropped.Path)
	}
}

func TestAChainOfManyStepsIsJoined(t *testing.T) {
	var path []Step
	for i := range 100_000 { // two lanes let each other go on all the time
		path = append(path, Step{i % 2, time.Duration(i) * ms, time.Duration(i+1) * ms})
	}
	wall := 100_000 * ms
	joined := thinPath(path, pixelOf(wall), wall)
	want := []Step{{0, 0, 99_999 * ms}, {1, ms, 100_000 * ms}}
	if !slices.Equal(joined, want) {
		t.Errorf("%d steps, want %v", len(joined), want)
	}
	for i := range path {
		path[i].Lane = i % 2000
	}
	if joined := thinPath(path, pixelOf(wall), wall); len(joined) > 2*mostSteps {
		t.Errorf("%d steps", len(joined))
	}
}

func TestTheTableHasTheTimeOnTheChain(t *testing.T) {
	table := withChain(lockQueue()).Chart().Table
	if n := len(table.Header); table.Header[n-1] != "On the longest chain" || table.Rows[1][n-1] != "40.0 ms" || table.Rows[5][n-1] != "0 s" {
		t.Errorf("table: %v", table)
	}
}

func TestTheLegendHasTheChainOnlyWhereThereIsOne(t *testing.T) {
	has := func(t Timeline) bool { return slices.Contains(t.Chart().Legend, pathItem) }
	if !has(withChain(lockQueue())) || has(lockQueue()) {
		t.Error("the legend does not fit")
	}
}
