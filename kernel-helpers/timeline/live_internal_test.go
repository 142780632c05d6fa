package timeline

import (
	"testing"
	"time"
)

// ShowLive is Live as it is in a notebook. Elsewhere each picture is printed as its
// text.
func ShowLive(title string, f func()) { show(title, f, true) }

func TestDrawingTakesATenthOfTheTimeAtMost(t *testing.T) {
	for took, want := range map[time.Duration]time.Duration{
		0: 50 * ms, 5 * ms: 50 * ms, 10 * ms: 90 * ms, time.Second: 9 * time.Second,
	} {
		if got := rest(took); got != want {
			t.Errorf("after a picture of %v it rests for %v, want %v", took, got, want)
		}
	}
}
