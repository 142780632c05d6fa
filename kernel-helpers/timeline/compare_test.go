package timeline_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

func TestComparisonTellsWhichIsFaster(t *testing.T) {
	naps := func(atOnce bool) *timeline.Recording {
		return timeline.Record(func() {
			var wg sync.WaitGroup
			for range 3 {
				wg.Go(func() { time.Sleep(nap / 2) })
				if !atOnce {
					wg.Wait()
				}
			}
			wg.Wait()
		})
	}
	slow, fast := naps(false).Named("one by one"), naps(true).Named("at once")
	chart := timeline.Comparison("Three naps", slow, fast)
	if _, err := chart.Bundle(); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"one by one", "at once"} {
		if !strings.Contains(chart.Text, want) {
			t.Errorf("%q is not in: %s", want, chart.Text)
		}
	}
	if got := fmt.Sprint(chart.Lanes); strings.Count(got, "main") != 2 {
		t.Errorf("lanes: %s", got)
	}
	t.Log(chart.Subtitle, "|", chart.Text)
}
