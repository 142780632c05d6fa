package gantt

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

const ms = time.Millisecond

// samples are charts as lessons show them, and as nobody should, by name.
func samples() map[string]*drawing.Chart {
	return map[string]*drawing.Chart{
		"naps":      naps().Chart(),
		"lock":      lockQueue().Chart(),
		"chain":     withChain(lockQueue()).Chart(),
		"processes": processes().Chart(),
		"lanes":     manyLanes(40).Chart(),
		"hostile":   hostile().Chart(),
		"empty":     Timeline{Title: "Nothing ran"}.Chart(),
		"strip":     withStrip(processes()).Chart(),
		"steps":     steps().Chart(),
		"beside":    Beside("Three downloads", withStrip(oneByOne()), withStrip(atOnce())),
		"hours": Timeline{Title: "A night's backups", Text: "Two backups take 5 h 3 min.", Wall: 5*time.Hour + 3*time.Minute, Lanes: []Lane{
			{Label: "disk", Kind: drawing.Process, Spans: []Span{{0, 95 * time.Minute, drawing.Running, "", ""}, {95 * time.Minute, 303 * time.Minute, drawing.Sleeping, "", ""}}},
			{Label: "tape", Kind: drawing.Process, Spans: []Span{{0, 95 * time.Minute, drawing.Waiting, "", ""}, {95 * time.Minute, 303 * time.Minute, drawing.Running, "", ""}}},
		}}.Chart(),
	}
}

// extremes only have to be survived.
func extremes() map[string]*drawing.Chart {
	return map[string]*drawing.Chart{
		"dense":          dense(50_000, 4).Chart(),
		"nothing at all": Timeline{}.Chart(),
		"one lane":       Timeline{Lanes: []Lane{{Label: "main"}}}.Chart(),
		"one instant":    Timeline{Lanes: []Lane{{Label: "main", Spans: []Span{{0, 0, drawing.Running, "", ""}}}}}.Chart(),
		"200 lanes":      manyLanes(200).Chart(),
		"too many lanes": manyLanes(300).Chart(),
		"three days":     Timeline{Wall: 72 * time.Hour, Lanes: []Lane{{Label: "main", Spans: []Span{{0, time.Hour, drawing.Running, "", ""}}}}}.Chart(),
		"nothing beside": Beside(""),
		"one beside":     Beside("One", naps()),
		"many beside":    Beside("Many", naps(), manyLanes(200), Timeline{}, withStrip(lockQueue())),
	}
}

// steps is a schedule under which two goroutines wait for each other's locks.
func steps() Timeline {
	t := Timeline{Title: "Deadlock under schedule 3", Subtitle: "G1 waits for ever in line 9, and G2 in line 14.", Wall: 11 * ms, Steps: true, Lanes: []Lane{
		{Label: "the check", Spans: []Span{{0, 1 * ms, drawing.Running, "5: go func() {", "line 5 of Pay: go func() {"}, {1 * ms, 11 * ms, drawing.Waiting, "", "Waits"}}},
		{Label: "G1", Spans: []Span{{1 * ms, 2 * ms, drawing.Running, "7", "line 7 of Pay: a.Lock()"}, {2 * ms, 4 * ms, drawing.Ready, "", "Could go on; this schedule holds it back"},
			{4 * ms, 5 * ms, drawing.Running, "9: b.Lock()", "line 9 of Pay: b.Lock()"}, {5 * ms, 11 * ms, drawing.Fault, "9: waits for ever", "Waits for ever for a lock"}}},
		{Label: "G2", Spans: []Span{{1 * ms, 2 * ms, drawing.Sleeping, "", "Could go on; others do first"}, {2 * ms, 3 * ms, drawing.Running, "12: b.Lock()", "line 12 of Pay: b.Lock()"},
			{3 * ms, 4 * ms, drawing.Running, "14", ""}, {4 * ms, 5 * ms, drawing.Contending, "", ""}, {5 * ms, 6 * ms, drawing.Fault, "14: waits for ever", "\"<b>\""}}},
		{Label: "lock A", Kind: drawing.Lock, Spans: []Span{{2 * ms, 11 * ms, drawing.Held, "G1", "held by G1"}}},
	}}
	t.Arrows = []Arrow{{0, 1, 1 * ms, "starts it"}}
	return t
}

// naps is five workers that sleep at the same time.
func naps() Timeline {
	t := Timeline{
		Title:    "Five workers, one nap each",
		Subtitle: "5 workers slept 1.00 s in 0.20 s of wall time: 5 at once.",
		Text:     "5 workers slept 1.00 s in 0.20 s of wall time: 5 at once.",
		Wall:     203 * ms,
	}
	main := Lane{Label: "main", Kind: drawing.Thread, Spans: []Span{
		{0, 400 * time.Microsecond, drawing.Running, "", ""},
		{400 * time.Microsecond, 202 * ms, drawing.Waiting, "", "waits for the group, line 8"},
		{202 * ms, 203 * ms, drawing.Running, "", ""},
	}}
	t.Lanes = append(t.Lanes, main)
	for i := range 5 {
		start := time.Duration(i*60+300) * time.Microsecond
		t.Lanes = append(t.Lanes, Lane{Label: fmt.Sprint("worker ", i), Kind: drawing.Thread, Spans: []Span{
			{start, start + 50*time.Microsecond, drawing.Running, "", ""},
			{start + 50*time.Microsecond, start + 200*ms, drawing.Sleeping, "", "time.Sleep, line 5"},
			{start + 200*ms, start + 200*ms + 80*time.Microsecond, drawing.Running, "", ""},
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
	lock := Lane{Label: "lock mu", Kind: drawing.Lock}
	for i := range 5 {
		got := time.Duration(40*i)*ms + ms
		name := fmt.Sprint("T", i)
		spans := []Span{
			{0, ms, drawing.Running, "", ""},
			{ms, got, drawing.Contending, "", "waits for lock mu, line 7"},
			{got, got + 20*ms, drawing.Running, "", ""},
			{got + 20*ms, got + 40*ms, drawing.Sleeping, "", "time.Sleep, line 9"},
			{got + 40*ms, got + 42*ms, drawing.Running, "", ""},
		}
		if i == 0 {
			spans = append(spans[:1], spans[2:]...)
		} else {
			t.Arrows = append(t.Arrows, Arrow{From: i - 1, To: i, At: got, Detail: "lock mu"})
		}
		t.Lanes = append(t.Lanes, Lane{Label: name + " worker", Kind: drawing.Thread, Spans: spans})
		lock.Spans = append(lock.Spans, Span{got, got + 40*ms, drawing.Held, name, ""})
	}
	t.Lanes = append(t.Lanes, lock)
	return t
}

// withChain is a lock's queue with the chain that it is: each waits for the one before.
func withChain(t Timeline) Timeline {
	t.Subtitle += " The longest chain: T0 worker → T1 worker → T2 worker → T3 worker → T4 worker."
	for i := range 5 {
		start := time.Duration(40*i)*ms + ms
		if i == 0 {
			start = 0
		}
		t.Path = append(t.Path, Step{Lane: i, Start: start, End: time.Duration(40*(i+1))*ms + ms})
	}
	t.Path = append(t.Path, Step{Lane: 4, Start: 201 * ms, End: 203 * ms})
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
	main := Lane{Label: "main", Kind: drawing.Thread, Spans: []Span{
		{0, 3 * ms, drawing.Running, "", ""}, {3 * ms, 611 * ms, drawing.Waiting, "", "waits for 3 processes, line 12"}, {611 * ms, 612 * ms, drawing.Running, "", ""},
	}}
	t.Lanes = []Lane{main}
	for i := range 3 {
		lane := Lane{Label: fmt.Sprint("primes ", i+1), Kind: drawing.Process, CPU: time.Duration(390+i) * ms}
		for turn := range 30 {
			start := time.Duration(4+turn*20) * ms
			state := drawing.Running
			if turn%3 == i {
				state = drawing.Ready
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
		lane := Lane{Label: fmt.Sprint("worker ", i), Kind: drawing.Thread}
		for at := time.Duration(random.IntN(100)) * ms; at < 950*ms; {
			for _, state := range []drawing.State{drawing.Ready, drawing.Running, drawing.Sleeping} {
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
		t.Lanes = append(t.Lanes, Lane{Label: fmt.Sprint("T", i), Kind: drawing.Thread})
	}
	t.Lanes = append(t.Lanes, Lane{Label: "lock mu", Kind: drawing.Lock})
	each := t.Wall / time.Duration(n/(lanes+1))
	for at, turn := time.Duration(0), 0; at+each <= t.Wall; at, turn = at+each, turn+1 {
		runs := random.IntN(lanes)
		for i := range lanes {
			state := drawing.Contending
			if i == runs {
				state = drawing.Running
			}
			t.Lanes[i].Spans = append(t.Lanes[i].Spans, Span{at, at + each, state, "", "line 7"})
		}
		t.Lanes[lanes].Spans = append(t.Lanes[lanes].Spans, Span{at, at + each, drawing.Held, fmt.Sprint("T", runs), ""})
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
			{Label: "lock </script>\"", Kind: drawing.Lock, Spans: []Span{{ms, 3 * ms, drawing.Held, "@color/lock", "@draw/x"}, {3 * ms, 9 * ms, drawing.Held, "a holder whose name is far too long to fit in here, whatever the width of the page may be, since nobody names a thread like that", ""}}},
			{Label: "@draw/timeline-span", Kind: drawing.Thread, Spans: []Span{{5 * ms, 2 * ms, drawing.Running, "\xff\x00", "backwards"}, {-5 * ms, ms, drawing.Contending, "", ""}, {9 * ms, 99 * ms, drawing.Sleeping, "", "past the end"}}},
			{Label: "a worker whose name is so long that no column of any page would be wide enough for it", Kind: drawing.Thread, Spans: []Span{{4 * ms, 4 * ms, drawing.Running, "", "no time at all"}}},
			{Label: "工人 ☃ ñandú 🙂", Kind: drawing.Process, Spans: []Span{{0, 4 * ms, drawing.Ready, "", ""}}},
			{Label: "", Kind: drawing.Thread},
		},
		Arrows: []Arrow{{0, 1, ms, "@x"}, {1, 1, ms, "itself"}, {7, -2, ms, "nowhere"}, {1, 3, -ms, "before"}, {1, 3, 3 * ms, ""}},
	}
}

// withStrip adds what ran at once, as counted in the lanes.
func withStrip(t Timeline) Timeline {
	t.Cores = 2
	for _, at := range changes(t) {
		load := Load{At: at}
		for _, lane := range t.Lanes {
			for _, span := range lane.Spans {
				if span.Start <= at && at < span.End {
					switch span.State {
					case drawing.Running:
						load.Running++
					case drawing.Ready:
						load.Ready++
					}
				}
			}
		}
		t.Strip = append(t.Strip, load)
	}
	return t
}

// changes are the times at which something changes.
func changes(t Timeline) (all []time.Duration) {
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
	t := Timeline{Title: "one after the other", Wall: 303 * ms, Lanes: []Lane{{Label: "main", Kind: drawing.Thread}}}
	for i := range 3 {
		start := time.Duration(i) * 101 * ms
		t.Lanes[0].Spans = append(t.Lanes[0].Spans, Span{start, start + 12*ms, drawing.Running, "", ""}, Span{start + 12*ms, start + 101*ms, drawing.Waiting, "", "waits for the network"})
	}
	return t
}

func atOnce() Timeline {
	t := Timeline{Title: "at once", Wall: 118 * ms}
	for i := range 3 {
		start := time.Duration(i) * ms
		t.Lanes = append(t.Lanes, Lane{Label: fmt.Sprint("page ", i+1), Kind: drawing.Thread, Spans: []Span{
			{start, start + 12*ms, drawing.Running, "", ""}, {start + 12*ms, start + 101*ms, drawing.Waiting, "", "waits for the network"}, {start + 101*ms, start + 110*ms, drawing.Running, "", ""},
		}})
	}
	return t
}
