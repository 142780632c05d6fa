package plot

import (
	"math"
	"math/rand/v2"
	"time"
)

const ms = time.Millisecond

// samples are charts as lessons show them, and as nobody should, by name.
func samples() map[string]*Chart {
	return map[string]*Chart{
		"bars": Bar("Primes below 300,000",
			Time("one thread", 1204*ms), Time("3 threads", 655*ms), Time("3 processes", 618*ms)),
		"numbers": Bar("Pages fetched",
			Number("one after the other", 12.5, "pages/s"), Number("5 at a time", 61, "pages/s")),
		"line":        Line("Throughput of a pool", "workers", "pages/s", workersSeries("pool of threads", 40, 12), workersSeries("pool of processes", 25, 20)),
		"scatter":     Scatter("Each page once", "size in kB", "time in ms", cloud("near", 80, 1), cloud("far", 60, 2.4)),
		"latency":     Durations("How long a request waits", latencies(2000)...),
		"spread":      Spread("Primes below 300,000", runs("one thread", 1204*ms, 30), runs("3 threads", 655*ms, 30), runs("3 processes", 648*ms, 30)),
		"speedup":     SpeedUp("Primes below 300,000", []Speed{{1, 1, 0.98, 1.02}, {2, 1.86, 1.8, 1.93}, {3, 1.91, 1.7, 1.99}, {4, 1.9, 1.82, 1.97}}, 0.06),
		"own-pie":     fromECharts(readersPie()),
		"own-line":    fromECharts(readersLine()),
		"own-heatmap": fromECharts(readersHeatmap()),
		"strange-points": Line("</script> \"quotes\"", "@color/text", "a name that is much longer than any name of an axis should be, and goes on and on, and on, and on, and on, and on, and on",
			Series{"@draw/value", []float64{1, 2, math.NaN(), 4, 5}, []float64{1, math.Inf(1), 3, -2, 8}}, Series{"a\nb", []float64{3}, []float64{3}}),
		"strange-bars": Bar("\"Quotes\", </script> and @color/text",
			Number("@draw/value", math.NaN(), "%"), Number("a\nb", math.Inf(1), "%"), Number("", -3, "%"),
			Number("a label that is much longer than any label should be, and goes on and on and on", 5, "%")),
	}
}

// extremes only have to be survived.
func extremes() map[string]*Chart {
	all := map[string]*Chart{
		"no bars":            Bar(""),
		"equal bars":         Bar("Nothing", Time("a", 0), Time("b", 0)),
		"huge bars":          Bar("Huge", Number("a", math.MaxFloat64/5, ""), Number("b", -math.MaxFloat64/5, ""), Number("c", math.MaxFloat64, "")),
		"no durations":       Durations(""),
		"one duration":       Durations("", time.Second),
		"equal durations":    Durations("", 1, 1, 1, 1),
		"nothing to compare": Spread(""),
		"no runs":            Spread("", Sample{}, Sample{Label: "b", Times: []time.Duration{5}}),
		"long names":         Spread("Long", runs("a case whose name goes on for much longer than any column is wide, whatever the page", ms, 3), runs("", 2*ms, 1000)),
		"no speed-up":        SpeedUp("", nil, math.NaN()),
		"strange speed-up":   SpeedUp("", []Speed{{0, 1, 0, 0}, {-3, 2, 0, 0}, {8, math.NaN(), 0, 0}, {64, 31, 28, math.Inf(1)}, {1000, 700, 690, 705}}, 7),
		"one worker":         SpeedUp("", []Speed{{1, 1, 1, 1}}, 1),
	}
	for name, series := range map[string][]Series{
		"no series": nil, "no points": {{Name: "none"}}, "one point": {{"one", []float64{3}, []float64{-4}}},
		"only gaps":   {{"gaps", []float64{1, math.NaN()}, []float64{math.Inf(-1), 2}}},
		"huge":        {{"huge", []float64{0, math.MaxFloat64 / 5}, []float64{-math.MaxFloat64 / 5, math.MaxFloat64}}},
		"level":       {{"level", []float64{5, 5, 5}, []float64{2, 2, 2}}},
		"tiny":        {{"tiny", []float64{1e-300, 2e-300}, []float64{-1e-12, 5e-12}}},
		"close":       {{"close", []float64{1e9, 1e9 + 1}, []float64{1.0000001, 1.0000002}}},
		"many points": {manyPoints(50_000)},
	} {
		all["line of "+name] = Line("Line", "x", "y", series...)
		all["scatter of "+name] = Scatter("Scatter", "", "", series...)
		var values []float64
		for _, s := range series {
			values = append(values, s.Y...)
		}
		all["histogram of "+name] = Histogram("Histogram", "things", values...)
	}
	return all
}

// workersSeries is throughput that grows with workers, up to a bound.
func workersSeries(name string, bound, half float64) Series {
	s := Series{Name: name}
	for n := 1.0; n <= 24; n++ {
		s.X = append(s.X, n)
		s.Y = append(s.Y, bound*n/(n+half))
	}
	return s
}

// cloud is n points that grow with x.
func cloud(name string, n int, slope float64) Series {
	random := rand.New(rand.NewPCG(5, uint64(n)))
	s := Series{Name: name}
	for range n {
		x := 10 + 190*random.Float64()
		s.X = append(s.X, x)
		s.Y = append(s.Y, 20+slope*x*(0.7+0.6*random.Float64()))
	}
	return s
}

// latencies are n times with a long tail.
func latencies(n int) []time.Duration {
	random := rand.New(rand.NewPCG(6, 7))
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = time.Duration(1.2e6 * math.Exp(0.5*random.NormFloat64()))
	}
	return all
}

func runs(label string, typical time.Duration, n int) Sample {
	random := rand.New(rand.NewPCG(8, uint64(typical)))
	s := Sample{Label: label}
	for range n {
		s.Times = append(s.Times, time.Duration(float64(typical)*(1+0.06*random.ExpFloat64())))
	}
	return s
}

func manyPoints(n int) Series {
	s := Series{Name: "many"}
	for i := range n {
		s.X = append(s.X, float64(i))
		s.Y = append(s.Y, math.Sin(float64(i)/3000)+float64(i%7)/20)
	}
	return s
}
