package main

import "testing"

func TestTimesAndRatiosAreReadable(t *testing.T) {
	for _, c := range []struct {
		s    float64
		want string
	}{
		{0.84e-9, "0.84 ns"}, {1.314e-9, "1.31 ns"}, {113e-9, "113 ns"}, {999.7e-9, "1.00 µs"},
		{24.4e-6, "24.4 µs"}, {0.2315, "232 ms"}, {1, "1.00 s"}, {62.4, "62.4 s"}, {0, "0 ns"},
	} {
		if got := seconds(c.s); got != c.want {
			t.Errorf("%v s is written %q, want %q", c.s, got, c.want)
		}
	}
	for n, want := range map[float64]string{0.00254: "0.0025", 0.398: "0.40", 1.5: "1.50", 12.34: "12.3", 210: "210"} {
		if got := digits(n); got != want {
			t.Errorf("%v is written %q, want %q", n, got, want)
		}
	}
}

func TestMedianOfAnEvenNumberLiesBetween(t *testing.T) {
	if got := (sample{4, 1, 3, 2}).median(); got != 2.5 {
		t.Error(got)
	}
	if got := ratio(sample{1, 9, 2}, sample{4, 4, 4}); got != 0.5 {
		t.Error("a ratio compares medians, not", got)
	}
}
