package plot

import (
	"strings"
	"testing"
	"time"
)

func TestTicksCountInMinutesHoursAndDays(t *testing.T) {
	for wall, want := range map[time.Duration]string{
		50 * time.Millisecond: "0, 10 ms, 20 ms, 30 ms, 40 ms, 50 ms",
		40 * time.Second:      "0, 5 s, 10 s, 15 s, 20 s, 25 s, 30 s, 35 s, 40 s",
		90 * time.Second:      "0, 15 s, 30 s, 45 s, 1 min, 1 min 15 s, 1 min 30 s",
		time.Hour:             "0, 10 min, 20 min, 30 min, 40 min, 50 min, 1 h",
		18180 * time.Second:   "0, 1 h, 2 h, 3 h, 4 h, 5 h, 6 h",
		30 * time.Hour:        "0, 6 h, 12 h, 18 h, 1 d, 1 d 6 h",
		240 * time.Hour:       "0, 2 d, 4 d, 6 d, 8 d, 10 d",
	} {
		_, labels := valueAxis("", true, 0, float64(wall)).ticks()
		if got := strings.Join(labels, ", "); got != want {
			t.Errorf("%v: %s; want %s", wall, got, want)
		}
	}
}
