package measure_test

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/measure"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// nap is a case that takes d in virtual time.
func nap(name string, d time.Duration) measure.Subject {
	return measure.Case(name, func() { time.Sleep(d) })
}

func TestCompareTellsHowManyTimesAsFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := measure.Record(nap("one thread", 30*time.Millisecond), nap("3 threads", 10*time.Millisecond))
		if want := "3 threads: 3.000 times as fast as one thread (3.000–3.000). 30 rounds, 95% confidence."; c.Finding() != want {
			t.Error(c.Finding())
		}
		r := c.Ratio(1, 0)
		if r.Median != 3 || r.Low != 3 || r.High != 3 || c.Timings[0].Median() != 30*time.Millisecond || c.Timings[1].Each != 1 {
			t.Errorf("%+v", c)
		}
	})
}

func TestTheFirstOfTwoMayBeTheFastest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := measure.Record(nap("A", 10*time.Millisecond), nap("B", 30*time.Millisecond))
		if !strings.HasPrefix(c.Finding(), "A: 3.000 times as fast as B (3.000–3.000).") {
			t.Error(c.Finding())
		}
	})
}

func TestOfVeryManyTheFastestIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var cases []measure.Subject
		for i := range 8 {
			cases = append(cases, nap(fmt.Sprint("case ", i), time.Duration(80-10*i)*time.Millisecond))
		}
		if got := measure.Record(cases...).Finding(); !strings.HasPrefix(got, "Compared with case 0 – case 7: 8.000 times as fast (8.000–8.000). ") {
			t.Error(got)
		}
	})
}

func TestTheFirstOfManyMayBeTheFastest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := measure.Record(nap("A", 10*time.Millisecond), nap("B", 30*time.Millisecond), nap("C", 20*time.Millisecond))
		if want := "Compared with A – B: 3.000 times as long (3.000–3.000); C: 2.000 times as long (2.000–2.000). "; !strings.HasPrefix(c.Finding(), want) {
			t.Error(c.Finding())
		}
	})
}

func TestNoDifferenceIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := 0, 0
		wobble := func(n *int, shift int) func() {
			return func() {
				*n++
				time.Sleep(time.Duration(20+(*n+shift)%4) * time.Millisecond)
			}
		}
		c := measure.Record(measure.Case("A", wobble(&a, 0)), measure.Case("B", wobble(&b, 2)))
		r := c.Ratio(1, 0)
		if r.Low >= 1 || r.High <= 1 || !strings.HasPrefix(c.Finding(), "A and B: no difference that these runs could show (0.9–1.1).") {
			t.Error(r, c.Finding())
		}
	})
}

func TestShortFunctionsAreRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := measure.Record(nap("short", time.Microsecond), nap("long", time.Second/10))
		if each := c.Timings[0].Each; each < 2000 || each > 100_000 || c.Timings[0].Median() != time.Microsecond {
			t.Error(each, c.Timings[0].Median())
		}
	})
}

func TestTheBudgetIsKept(t *testing.T) {
	for name, c := range map[string]struct {
		nap    time.Duration
		meter  measure.Meter
		rounds int
		most   time.Duration
		says   string
	}{
		"short":          {10 * time.Millisecond, measure.Meter{}, 30, 3 * time.Second, "30 rounds, 95% confidence."},
		"long":           {300 * time.Millisecond, measure.Meter{}, 9, 3 * time.Second, "9 rounds, 95% confidence."},
		"the first run":  {time.Second, measure.Meter{}, 3, 3 * time.Second, "3 rounds are few: the intervals are sure to 75% only; give it more time (measure.Meter)."},
		"too long":       {10 * time.Second, measure.Meter{}, 1, 10 * time.Second, "1 round: that says nothing of how much times vary; give it more time (measure.Meter)."},
		"more time":      {time.Second, measure.Meter{Budget: 20 * time.Second}, 19, 20 * time.Second, "19 rounds, 95% confidence."},
		"fewer and less": {time.Second, measure.Meter{Budget: time.Minute, Rounds: 5}, 5, 6 * time.Second, "5 rounds are few: the intervals are sure to 94% only; give it more time (measure.Meter)."},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				got := c.meter.Record(nap("A", c.nap))
				if took := time.Since(began); got.Rounds != c.rounds || took > c.most || len(got.Timings[0].Times) != got.Rounds {
					t.Errorf("%d rounds in %v", got.Rounds, took)
				}
				if finding := got.Finding(); !strings.HasSuffix(finding, " "+c.says) {
					t.Error(finding)
				}
			})
		})
	}
}

func TestCasesTakeTurnsInAShuffledOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var order []string
		note := func(name string) measure.Subject {
			return measure.Case(name, func() { order = append(order, name); time.Sleep(20 * time.Millisecond) })
		}
		measure.Record(note("A"), note("B"), note("C"))
		rounds := map[string]int{}
		for i := 0; i < len(order); i += 3 {
			round := strings.Join(order[i:i+3], "")
			rounds[round]++
			if !strings.Contains(round, "A") || !strings.Contains(round, "B") || !strings.Contains(round, "C") {
				t.Fatal("a round without all cases:", round)
			}
		}
		if len(rounds) != 6 {
			t.Error("not every order occurs:", rounds)
		}
	})
}

func TestNothingToTime(t *testing.T) {
	if got := measure.Record().Finding(); got != "Nothing could be timed." {
		t.Error(got)
	}
}

func TestScaling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const serial = 0.2
		s := measure.Meter{}.RecordScaling([]int{4, 2, 4}, func(workers int) {
			time.Sleep(time.Duration(float64(100*time.Millisecond) * (serial + (1-serial)/float64(workers))))
		})
		var got []string
		for _, speed := range s.Speeds {
			got = append(got, fmt.Sprintf("%d: %.2f %.2f", speed.Workers, speed.Ratio.Median, speed.Serial))
		}
		if strings.Join(got, ", ") != "1: 1.00 NaN, 2: 1.67 0.20, 4: 2.50 0.20" {
			t.Error(got)
		}
		if s.Cores >= 2 && (math.Abs(s.Serial-serial) > 0.001 || s.Residual > 0.001) {
			t.Error(s.Serial, s.Residual)
		}
		if !strings.HasPrefix(s.Finding(), "4 workers: 2.500 times as fast as one (2.500–2.500) on ") {
			t.Error(s.Finding())
		}
	})
}

func TestScalingThatDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := measure.Meter{}.RecordScaling(nil, func(workers int) { time.Sleep(20 * time.Millisecond) })
		if !strings.HasPrefix(s.Finding(), "No number of workers is faster than one by a difference that these runs could show, on ") {
			t.Error(s.Finding())
		}
		if last := s.Speeds[len(s.Speeds)-1]; last.Workers != 2*s.Cores || s.Speeds[0].Workers != 1 {
			t.Errorf("workers %+v on %d cores", s.Speeds, s.Cores)
		}
	})
}

func TestScalingWithoutWorkers(t *testing.T) {
	defer func() {
		if got := fmt.Sprint(recover()); got != "measure: Scaling with -1 workers; it takes at least 1" {
			t.Error(got)
		}
	}()
	measure.Scaling("", []int{2, -1}, nil)
}

// captured returns what f prints to a file such as os.Stdout.
func captured(t *testing.T, to **os.File, f func()) string {
	t.Helper()
	file, err := os.CreateTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	before := *to
	*to = file
	defer func() { *to = before }()
	f()
	file.Close()
	text, _ := os.ReadFile(file.Name())
	return string(text)
}

func TestChartsTellAllInWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		meter := measure.Meter{Rounds: 6}
		out := captured(t, &os.Stdout, func() {
			meter.Compare("Naps", nap("A", 40*time.Millisecond), nap("B", 20*time.Millisecond))
		})
		if want := "Naps: A 40.0 ms (40.0 ms–40.0 ms), B 20.0 ms (20.0 ms–20.0 ms). B: 2.000 times as fast as A (2.000–2.000). 6 rounds, 95% confidence."; !strings.Contains(out, want) {
			t.Error(out)
		}
		out = captured(t, &os.Stdout, func() {
			meter.Scaling("More hands", []int{2}, func(n int) { time.Sleep(40 * time.Millisecond / time.Duration(n)) })
		})
		if want := "More hands, speed-up: 2 workers 2.000 (2.000–2.000). 2 workers: 2.000 times as fast as one"; !strings.Contains(out, want) {
			t.Error(out)
		}
	})
}
