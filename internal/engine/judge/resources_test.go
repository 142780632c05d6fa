package judge

import (
	"testing"
	"time"
)

func TestTheSystemsTimeCountsAsFarAsTheProgramsOwn(t *testing.T) {
	const s = time.Second
	for _, c := range []struct{ user, system, want time.Duration }{
		{s, 0, s}, {s, s / 2, s + s/2}, {s, s, 2 * s}, {s, 5 * s, 2 * s}, {0, 5 * s, 0},
	} {
		now := processorTime{3*s + c.user, 2*s + c.system}
		if got := now.since(processorTime{3 * s, 2 * s}).computed(); got != c.want {
			t.Errorf("%v of its own and %v of the system's count for %v, want %v", c.user, c.system, got, c.want)
		}
	}
}
