package drawing

import (
	"math"
	"testing"
	"time"
)

func TestDurationsReadAsAPersonWouldSayThem(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                              "0 s",
		7:                              "7 ns",
		1500:                           "1.50 µs",
		999_400:                        "999 µs",
		999_600:                        "1.00 ms",
		12_340 * time.Microsecond:      "12.3 ms",
		203 * time.Millisecond:         "203 ms",
		999_700 * time.Microsecond:     "1.00 s",
		1204 * time.Millisecond:        "1.20 s",
		time.Minute - time.Millisecond: "1 min",
		83 * time.Second:               "1 min 23 s",
		125 * time.Second:              "2 min 5 s",
		2 * time.Minute:                "2 min",
		time.Hour - 1:                  "1 h",
		61 * time.Minute:               "1 h 1 min",
		3*time.Hour + time.Minute:      "3 h 1 min",
		18180 * time.Second:            "5 h 3 min",
		day - time.Second:              "1 d",
		day + 90*time.Minute:           "1 d 2 h",
		-5 * time.Millisecond:          "-5.00 ms",
		math.MinInt64:                  "-0 s",
	} {
		if got := FormatDuration(d); got != want {
			t.Errorf("%d ns: %q, want %q", d, got, want)
		}
	}
}

func TestElidingKeepsBothEnds(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"short", 5, "short"},
		{"worker number 17", 9, "work…r 17"},
		{"worker number 17", 12, "worker … 17"},
		{"worker number", 9, "work…mber"},
		{"goroutine 1: in DownloadAll", 26, "goroutine 1: … DownloadAll"},
		{"goroutine 1: in WordCount", 24, "goroutine 1: … WordCount"},
		{"a name of ever so many short words", 20, "a name of … words"},
		{"工人工人工人", 3, "工…人"},
		{"ab", 1, "…"},
	} {
		if got := elide(c.s, c.n); got != c.want {
			t.Errorf("elide(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

func TestTextBecomesOneCleanLine(t *testing.T) {
	if got, want := CleanText("a\nb\x00c\xffd\uffff"), "a b c\uFFFDd "; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTicksAreRoundAndFew(t *testing.T) {
	for wall := time.Duration(1); wall > 0 && wall < 1<<60; wall = wall*3 + 1 {
		step := TickStep(wall)
		if n := wall / step; n < 1 || n > 8 {
			t.Errorf("%v: %d ticks of %v", wall, n, step)
		}
	}
}

func TestAnAxisEndsAtItsLength(t *testing.T) {
	for wall, want := range map[time.Duration]string{
		65*time.Millisecond + 4: "65 ms", time.Hour: "1 h", 3605 * time.Second: "1 h 5 s", 3605*time.Second + 7: "1 h",
	} {
		if got := EndLabel(wall); got != want {
			t.Errorf("an axis of %v ends at %q, want %q", wall, got, want)
		}
	}
}
