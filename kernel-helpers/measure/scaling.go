package measure

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
)

// Speed is how much faster a number of workers is than one.
type Speed struct {
	Workers int
	Ratio   Interval[float64] // of the time of one worker to theirs

	// Serial is the serial fraction that this number of workers alone would tell
	// of, after Karp and Flatt (Measuring Parallel Processor Performance, CACM 33,
	// 1990). If it grows with the workers, it is not serial work that holds them
	// up, but what it costs to share. NaN for one worker.
	Serial float64
}

// Speedup is how a function scales with its workers.
type Speedup struct {
	Comparison // its cases are the numbers of workers
	Speeds     []Speed
	Cores      int

	// Serial is the fraction of the work that seems to run on one worker only,
	// however many there are: that of Amdahl's curve, 1/speed-up = Serial +
	// (1-Serial)/workers, which lies closest to the points (least squares of the
	// inverse speed-up), between 0 and 1. Points with more workers than cores are
	// left out: cores limit them. NaN if there is none but one worker.
	Serial float64
	// Residual is how far the points are from the curve: the root of the mean
	// square, in times of one worker.
	Residual float64
}

// Scaling times f with different numbers of workers and draws how much faster it
// is than with one, beside the ideal and Amdahl's curve fitted. f has to do the
// same work in all, whatever the number. Without numbers (nil) it is every one from 1
// to twice the cores, or on a large machine some of these; 1 is always among them. A
// number below 1 panics: "measure: Scaling with 0 workers; it takes at least 1".
//
// The law is that of G. Amdahl, Validity of the single processor approach to achieving
// large scale computing capabilities, 1967.
func Scaling(title string, workers []int, f func(workers int)) *Speedup {
	return Meter{}.Scaling(title, workers, f)
}

// Scaling is [Scaling] with other limits.
func (m Meter) Scaling(title string, workers []int, f func(workers int)) *Speedup {
	s := m.RecordScaling(workers, f)
	if err := s.Show(title); err != nil {
		fmt.Fprintln(os.Stderr, "measure: cannot show the speed-up:", err)
	}
	return s
}

// RecordScaling is [Meter.Scaling] without a chart. It panics if a number of
// workers is less than 1.
func (m Meter) RecordScaling(workers []int, f func(workers int)) *Speedup {
	cores := runtime.GOMAXPROCS(0)
	workers = numbers(workers, cores)
	cases := make([]Subject, len(workers))
	for i, n := range workers {
		cases[i] = Case(tellWorkers(n), func() { f(n) })
	}
	s := &Speedup{Comparison: *m.Record(cases...), Cores: cores}
	for i, n := range workers {
		s.Speeds = append(s.Speeds, Speed{n, s.Ratio(i, 0), karpFlatt(n, s.Ratio(i, 0).Median)})
	}
	s.Serial, s.Residual = amdahl(s.Speeds, cores)
	return s
}

// numbers returns the numbers of workers in order, 1 among them.
func numbers(workers []int, cores int) []int {
	if len(workers) == 0 {
		step := max(1, cores/4)
		for n := step; n <= 2*cores; n += step {
			workers = append(workers, n)
		}
	}
	workers = slices.Clone(workers)
	workers = append(workers, 1)
	slices.Sort(workers)
	if workers[0] < 1 {
		panic(fmt.Sprintf("measure: Scaling with %d workers; it takes at least 1", workers[0]))
	}
	return slices.Compact(workers)
}

// karpFlatt returns the serial fraction that one speed-up tells of.
func karpFlatt(workers int, speedup float64) float64 {
	if workers == 1 {
		return math.NaN()
	}
	n := float64(workers)
	return (1/speedup - 1/n) / (1 - 1/n)
}

// amdahl fits the serial fraction of Amdahl's law. (G. M. Amdahl, Validity of the
// single processor approach to achieving large scale computing capabilities, AFIPS
// 1967.) The inverse speed-up is linear in it: y - 1/n = serial * (1 - 1/n).
func amdahl(speeds []Speed, cores int) (serial, residual float64) {
	var xy, xx, squares, points float64
	each := func(f func(x, y float64)) {
		for _, s := range speeds {
			if s.Workers > 1 && s.Workers <= cores {
				n := float64(s.Workers)
				f(1-1/n, 1/s.Ratio.Median-1/n)
			}
		}
	}
	each(func(x, y float64) { xy += x * y; xx += x * x; points++ })
	if points == 0 {
		return math.NaN(), math.NaN()
	}
	serial = min(max(xy/xx, 0), 1)
	each(func(x, y float64) { squares += (y - serial*x) * (y - serial*x) })
	return serial, math.Sqrt(squares / points)
}

// Finding returns what the runs show, in a sentence or a few.
func (s *Speedup) Finding() string {
	best := s.Speeds[0]
	for _, speed := range s.Speeds {
		if speed.Ratio.Median > best.Ratio.Median {
			best = speed
		}
	}
	var told []string
	cores := fmt.Sprintf("%d cores", s.Cores)
	if s.Cores == 1 {
		cores = "1 core"
	}
	isFaster := best.Workers > 1 && best.Ratio.Low > 1
	if !isFaster {
		told = append(told, fmt.Sprintf("No number of workers is faster than one by a difference that these runs could show, on %s.", cores))
	} else {
		ratio, interval := tellRatio(best.Ratio)
		told = append(told, fmt.Sprintf("%s: %s times as fast as one (%s) on %s.", tellWorkers(best.Workers), ratio, interval, cores))
	}
	if isFaster && !math.IsNaN(s.Serial) {
		told = append(told, fmt.Sprintf("By Amdahl's law %.0f%% of the work is serial (residual %.2f).", 100*s.Serial, s.Residual))
	}
	return strings.Join(append(told, s.howSure()), " ")
}

func tellWorkers(n int) string {
	if n == 1 {
		return "1 worker"
	}
	return fmt.Sprintf("%d workers", n)
}
