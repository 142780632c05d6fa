package measure

import "testing"

func TestRatiosAreToldWithTheDigitsThatMatter(t *testing.T) {
	for _, c := range []struct {
		median, low, high float64
		want              string
	}{
		{1.91, 1.83, 2.04, "1.9 (1.8–2.0)"},
		{1.04, 1.02, 1.06, "1.04 (1.02–1.06)"},
		{2.004, 2.001, 2.012, "2.00 (2.00–2.01)"},
		{1, 0.93, 1.12, "1.0 (0.9–1.1)"},
		{0.998, 0.981, 1.02, "1.00 (0.98–1.02)"},
		{253, 240.4, 260, "253 (240–260)"},
		{3, 3, 3, "3.000 (3.000–3.000)"},
	} {
		median, interval := tellRatio(Interval[float64]{Median: c.median, Low: c.low, High: c.high})
		if got := median + " (" + interval + ")"; got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
