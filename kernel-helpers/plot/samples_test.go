package plot

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

const ms = time.Millisecond

// samples are charts as lessons show them, and as nobody should, by name.
func samples() map[string]*Chart {
	return map[string]*Chart{
		"naps":      naps().Chart(),
		"lock":      lockQueue().Chart(),
		"processes": processes().Chart(),
		"lanes":     manyLanes(40).Chart(),
		"dense":     dense(50_000, 4).Chart(),
		"hostile":   hostile().Chart(),
		"empty":     Timeline{Title: "Nothing ran"}.Chart(),
		"bars": Bar("Primes below 300,000",
			Time("one thread", 1204*ms), Time("3 threads", 655*ms), Time("3 processes", 618*ms)),
		"numbers": Bar("Pages fetched",
			Number("one after the other", 12.5, "pages/s"), Number("5 at a time", 61, "pages/s")),
		"strip":    withStrip(processes()).Chart(),
		"beside":   Beside("Three downloads", withStrip(oneByOne()), withStrip(atOnce())),
		"line":     Line("Throughput of a pool", "workers", "pages/s", workersSeries("pool of threads", 40, 12), workersSeries("pool of processes", 25, 20)),
		"scatter":  Scatter("Each page once", "size in kB", "time in ms", cloud("near", 80, 1), cloud("far", 60, 2.4)),
		"latency":  Durations("How long a request waits", latencies(2000)...),
		"spread":   Spread("Primes below 300,000", runs("one thread", 1204*ms, 30), runs("3 threads", 655*ms, 30), runs("3 processes", 648*ms, 30)),
		"speedup":  SpeedUp("Primes below 300,000", []Speed{{1, 1, 0.98, 1.02}, {2, 1.86, 1.8, 1.93}, {3, 1.91, 1.7, 1.99}, {4, 1.9, 1.82, 1.97}}, 0.06),
		"deadlock": deadlock().Chart(),
		"hours": Timeline{Title: "A night's backups", Text: "Two backups take 5 h 3 min.", Wall: 5*time.Hour + 3*time.Minute, Lanes: []Lane{
			{"disk", Process, []Span{{0, 95 * time.Minute, Running, "", ""}, {95 * time.Minute, 303 * time.Minute, Sleeping, "", ""}}},
			{"tape", Process, []Span{{0, 95 * time.Minute, Waiting, "", ""}, {95 * time.Minute, 303 * time.Minute, Running, "", ""}}},
		}}.Chart(),
		"waits":       WaitFor{Title: "Who waits", Edges: []Wait{{"worker 1", "lock a", "worker 3", "cell 4, line 7"}, {"worker 2", "lock a", "worker 3", "cell 4, line 7"}, {"worker 3", "queue results", "", "cell 4, line 9"}}}.Chart(),
		"own-pie":     fromECharts(readersPie()),
		"own-line":    fromECharts(readersLine()),
		"own-heatmap": fromECharts(readersHeatmap()),
		"strange-points": Line("</script> \"quotes\"", "@color/text", "a name that is much longer than any name of an axis should be, and goes on and on, and on, and on, and on, and on, and on",
			Series{"@draw/value", []float64{1, 2, math.NaN(), 4, 5}, []float64{1, math.Inf(1), 3, -2, 8}}, Series{"a\nb", []float64{3}, []float64{3}}),
		"strange-waits": WaitFor{Title: "</script>", Edges: []Wait{{"@draw/x", "a lock whose name is far too long to be in any box of any drawing", "@draw/x", "\"<b>\", line 7"}, {"工人 ☃", "\x00", "", ""}}}.Chart(),
		"strange-bars": Bar("\"Quotes\", </script> and @color/text",
			Number("@draw/value", math.NaN(), "%"), Number("a\nb", math.Inf(1), "%"), Number("", -3, "%"),
			Number("a label that is much longer than any label should be, and goes on and on and on", 5, "%")),
	}
}

// naps is five workers that sleep at the same time.
func naps() Timeline {
	t := Timeline{
		Title:    "Five workers, one nap each",
		Subtitle: "5 workers slept 1.00 s in 0.20 s of wall time: 5 at once.",
		Text:     "5 workers slept 1.00 s in 0.20 s of wall time: 5 at once.",
		Wall:     203 * ms,
	}
	main := Lane{Label: "main", Kind: Thread, Spans: []Span{
		{0, 400 * time.Microsecond, Running, "", ""},
		{400 * time.Microsecond, 202 * ms, Waiting, "", "waits for the group, line 8"},
		{202 * ms, 203 * ms, Running, "", ""},
	}}
	t.Lanes = append(t.Lanes, main)
	for i := range 5 {
		start := time.Duration(i*60+300) * time.Microsecond
		t.Lanes = append(t.Lanes, Lane{Label: fmt.Sprint("worker ", i), Kind: Thread, Spans: []Span{
			{start, start + 50*time.Microsecond, Running, "", ""},
			{start + 50*time.Microsecond, start + 200*ms, Sleeping, "", "time.Sleep, line 5"},
			{start + 200*ms, start + 200*ms + 80*time.Microsecond, Running, "", ""},
		}})
		t.Arrows = append(t.Arrows, Arrow{From: 0, To: i + 1, At: start, Detail: "started"})
	}
	return t
}

// lockQueue is five threads that want one lock.
func lockQueue() Timeline {
	t := Timeline{
		Title:    "Five threads, one lock",
		Subtitle: "The lock was held 100% of the time; threads waited 0.40 s for it in all.",
		Text:     "5 threads took turns with lock mu: 1 at a time, 40.0 ms each.",
		Wall:     204 * ms,
	}
	lock := Lane{Label: "lock mu", Kind: Lock}
	for i := range 5 {
		got := time.Duration(40*i)*ms + ms
		name := fmt.Sprint("T", i)
		spans := []Span{
			{0, ms, Running, "", ""},
			{ms, got, Contending, "", "waits for lock mu, line 7"},
			{got, got + 20*ms, Running, "", ""},
			{got + 20*ms, got + 40*ms, Sleeping, "", "time.Sleep, line 9"},
			{got + 40*ms, got + 42*ms, Running, "", ""},
		}
		if i == 0 {
			spans = append(spans[:1], spans[2:]...)
		} else {
			t.Arrows = append(t.Arrows, Arrow{From: i - 1, To: i, At: got, Detail: "lock mu"})
		}
		t.Lanes = append(t.Lanes, Lane{Label: name + " worker", Kind: Thread, Spans: spans})
		lock.Spans = append(lock.Spans, Span{got, got + 40*ms, Held, name, ""})
	}
	t.Lanes = append(t.Lanes, lock)
	return t
}

// processes is three processes that share two cores.
func processes() Timeline {
	t := Timeline{
		Title:    "Three processes on two cores",
		Subtitle: "3 processes computed for 1.20 s in 0.61 s of wall time: 2 cores were busy.",
		Text:     "3 processes computed for 1.20 s in 0.61 s of wall time: 2 cores were busy.",
		Wall:     612 * ms,
	}
	main := Lane{Label: "main", Kind: Thread, Spans: []Span{
		{0, 3 * ms, Running, "", ""}, {3 * ms, 611 * ms, Waiting, "", "waits for 3 processes, line 12"}, {611 * ms, 612 * ms, Running, "", ""},
	}}
	t.Lanes = []Lane{main}
	for i := range 3 {
		lane := Lane{Label: fmt.Sprint("primes ", i+1), Kind: Process}
		for turn := range 30 {
			start := time.Duration(4+turn*20) * ms
			state := Running
			if turn%3 == i {
				state = Ready
			}
			if n := len(lane.Spans); n > 0 && lane.Spans[n-1].State == state {
				lane.Spans[n-1].End = start + 20*ms
				continue
			}
			lane.Spans = append(lane.Spans, Span{start, start + 20*ms, state, "", ""})
		}
		t.Lanes = append(t.Lanes, lane)
	}
	return t
}

// manyLanes is a pool of n workers that compute and nap.
func manyLanes(n int) Timeline {
	random := rand.New(rand.NewPCG(1, 2))
	t := Timeline{
		Title: fmt.Sprint(n, " workers"), Wall: time.Second,
		Subtitle: fmt.Sprint(n, " workers were under way for 1.00 s."), Text: fmt.Sprint(n, " workers were under way for 1.00 s."),
	}
	for i := range n {
		lane := Lane{Label: fmt.Sprint("worker ", i), Kind: Thread}
		for at := time.Duration(random.IntN(100)) * ms; at < 950*ms; {
			for _, state := range []State{Ready, Running, Sleeping} {
				end := at + time.Duration(1+random.IntN(40))*ms
				lane.Spans = append(lane.Spans, Span{at, end, state, "", ""})
				at = end
			}
		}
		t.Lanes = append(t.Lanes, lane)
		t.Arrows = append(t.Arrows, Arrow{i, (i + 1) % n, time.Duration(random.IntN(1000)) * ms, ""})
	}
	return t
}

// dense is n spans on a few lanes that fight for a lock.
func dense(n, lanes int) Timeline {
	random := rand.New(rand.NewPCG(3, 4))
	t := Timeline{
		Title: "A hot lock", Wall: 500 * ms,
		Subtitle: fmt.Sprint(n, " turns in half a second."), Text: fmt.Sprint(n, " turns in half a second."),
	}
	for i := range lanes {
		t.Lanes = append(t.Lanes, Lane{Label: fmt.Sprint("T", i), Kind: Thread})
	}
	t.Lanes = append(t.Lanes, Lane{Label: "lock mu", Kind: Lock})
	each := t.Wall / time.Duration(n/(lanes+1))
	for at, turn := time.Duration(0), 0; at+each <= t.Wall; at, turn = at+each, turn+1 {
		runs := random.IntN(lanes)
		for i := range lanes {
			state := Contending
			if i == runs {
				state = Running
			}
			t.Lanes[i].Spans = append(t.Lanes[i].Spans, Span{at, at + each, state, "", "line 7"})
		}
		t.Lanes[lanes].Spans = append(t.Lanes[lanes].Spans, Span{at, at + each, Held, fmt.Sprint("T", runs), ""})
		t.Arrows = append(t.Arrows, Arrow{runs, (runs + 1) % lanes, at, ""})
	}
	return t
}

// hostile is everything that names and times should not be.
func hostile() Timeline {
	return Timeline{
		Title:    "</script><img src=x onerror=alert(1)> \"quotes\" & 'single'\nnew line",
		Subtitle: "@color/text is text here",
		Text:     "Nothing <b>bold</b>.",
		Wall:     10 * ms,
		Lanes: []Lane{
			{Label: "lock </script>\"", Kind: Lock, Spans: []Span{{ms, 3 * ms, Held, "@color/lock", "@draw/x"}, {3 * ms, 9 * ms, Held, "a holder whose name is far too long to fit in here, whatever the width of the page may be, since nobody names a thread like that", ""}}},
			{Label: "@draw/timeline-span", Kind: Thread, Spans: []Span{{5 * ms, 2 * ms, Running, "\xff\x00", "backwards"}, {-5 * ms, ms, Contending, "", ""}, {9 * ms, 99 * ms, Sleeping, "", "past the end"}}},
			{Label: "a worker whose name is so long that no column of any page would be wide enough for it", Kind: Thread, Spans: []Span{{4 * ms, 4 * ms, Running, "", "no time at all"}}},
			{Label: "工人 ☃ ñandú 🙂", Kind: Process, Spans: []Span{{0, 4 * ms, Ready, "", ""}}},
			{Label: "", Kind: Thread},
		},
		Arrows: []Arrow{{0, 1, ms, "@x"}, {1, 1, ms, "itself"}, {7, -2, ms, "nowhere"}, {1, 3, -ms, "before"}, {1, 3, 3 * ms, ""}},
	}
}

// withStrip adds what ran at once, as counted in the lanes.
func withStrip(t Timeline) Timeline {
	t.Cores = 2
	for _, at := range t.changes() {
		load := Load{At: at}
		for _, lane := range t.Lanes {
			for _, span := range lane.Spans {
				if span.Start <= at && at < span.End {
					switch span.State {
					case Running:
						load.Running++
					case Ready:
						load.Ready++
					}
				}
			}
		}
		t.Strip = append(t.Strip, load)
	}
	return t
}

func (t Timeline) changes() (all []time.Duration) {
	for _, lane := range t.Lanes {
		for _, span := range lane.Spans {
			all = append(all, span.Start, span.End)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// oneByOne is three downloads, one after the other; atOnce is three at once.
func oneByOne() Timeline {
	t := Timeline{Title: "one after the other", Wall: 303 * ms, Lanes: []Lane{{Label: "main", Kind: Thread}}}
	for i := range 3 {
		start := time.Duration(i) * 101 * ms
		t.Lanes[0].Spans = append(t.Lanes[0].Spans, Span{start, start + 12*ms, Running, "", ""}, Span{start + 12*ms, start + 101*ms, Waiting, "", "waits for the network"})
	}
	return t
}

func atOnce() Timeline {
	t := Timeline{Title: "at once", Wall: 118 * ms}
	for i := range 3 {
		start := time.Duration(i) * ms
		t.Lanes = append(t.Lanes, Lane{Label: fmt.Sprint("page ", i+1), Kind: Thread, Spans: []Span{
			{start, start + 12*ms, Running, "", ""}, {start + 12*ms, start + 101*ms, Waiting, "", "waits for the network"}, {start + 101*ms, start + 110*ms, Running, "", ""},
		}})
	}
	return t
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

// deadlock is three threads in a circle, and two more that wait for them.
func deadlock() WaitFor {
	return WaitFor{
		Title: "Three forks",
		Edges: []Wait{
			{"Aristotle", "fork 2", "Plato", "`second.Lock()` (dine)"},
			{"Plato", "fork 3", "Socrates", "`second.Lock()` (dine)"},
			{"Socrates", "fork 1", "Aristotle", "cell 4, line 7"},
			{"the waiter", "fork 2", "Plato", "`forks[2].Lock()` (func literal in main)"},
			{"main", "the end of Socrates", "Socrates", "cell 5, line 3"},
		},
	}
}
