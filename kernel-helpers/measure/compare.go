package measure

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"time"
)

// Subject is something to be timed. [Case] and [Python] make it.
type Subject struct {
	name  string
	start func() (runner, error) // called once before the first round
}

// runner times a subject.
type runner interface {
	run(times int) (time.Duration, error) // how long that many times took
	note() string                         // what is to be known of it, or ""
	stop()
}

// Case is a function with a name. It is called many times: what it leaves behind, a
// counter or a cache, must not make the next call cheaper or dearer. If f panics, so
// does the comparison.
func Case(name string, f func()) Subject {
	return Subject{name, func() (runner, error) { return function(f), nil }}
}

type function func()

func (f function) run(times int) (time.Duration, error) {
	began := time.Now()
	for range times {
		f()
	}
	return time.Since(began), nil
}

func (function) note() string { return "" }
func (function) stop()        {}

// Meter is how cases are timed. Its zero value is what the functions of this
// package use.
type Meter struct {
	// Budget is about how long a comparison may take in all; 3 s if it is 0. At
	// least one round is made.
	Budget time.Duration

	// Rounds is how many rounds are made if the budget lasts; 30 if it is 0. With
	// fewer than 6 no interval reaches 95%.
	Rounds int
}

const (
	defaultBudget = 3 * time.Second
	defaultRounds = 30

	// shortest is how long one timing takes at least: what is faster is
	// repeated, so that the clock's own time does not matter.
	shortest = 2 * time.Millisecond
)

// Timing is how long a case took.
type Timing struct {
	Name  string
	Times []time.Duration // one for each round
	Each  int             // how often the function ran in a round; a time is the mean of these
	Note  string          // of a Python script: "3.13.1, with the GIL"
}

// Comparison is the timings of several cases that ran in the same rounds.
type Comparison struct {
	Timings []Timing
	Missing []string // why cases are not there: "Python is not on this machine"
	Rounds  int
}

// Compare times the cases against each other and draws the result under a title.
// It takes 3 seconds or less, unless a single round takes longer; for other
// limits see [Meter]. If the chart cannot be shown, a line on standard error says so,
// and the result is returned all the same.
func Compare(title string, cases ...Subject) *Comparison { return Meter{}.Compare(title, cases...) }

// Record is [Compare] without a chart.
func Record(cases ...Subject) *Comparison { return Meter{}.Record(cases...) }

// Compare times the cases against each other and draws the result under a title.
func (m Meter) Compare(title string, cases ...Subject) *Comparison {
	c := m.Record(cases...)
	if err := c.Show(title); err != nil {
		fmt.Fprintln(os.Stderr, "measure: cannot show the comparison:", err)
	}
	return c
}

// Record is [Meter.Compare] without a chart.
func (m Meter) Record(cases ...Subject) *Comparison {
	if m.Budget <= 0 {
		m.Budget = defaultBudget
	}
	if m.Rounds <= 0 {
		m.Rounds = defaultRounds
	}
	c := new(Comparison)
	var running []*contender
	defer func() {
		for _, r := range running {
			r.stop()
		}
	}()
	for _, s := range cases {
		r, err := s.start()
		if err != nil {
			c.miss(s.name, err)
			continue
		}
		running = append(running, &contender{runner: r, timing: Timing{Name: s.name, Note: r.note(), Each: 1}})
	}
	began := time.Now()
	running = c.warmUp(running)
	c.rounds(m, running, began)
	for _, r := range running {
		c.Timings = append(c.Timings, r.timing)
	}
	return c
}

// contender is a case under way.
type contender struct {
	runner
	timing Timing
	once   time.Duration // how long it took the first time
}

// warmUp runs every case until it has taken the shortest time, which says how often
// it has to run in a round. Cases that fail are left out.
func (c *Comparison) warmUp(all []*contender) []*contender {
	var able []*contender
	for _, r := range all {
		took, err := r.run(1)
		r.once = took
		for err == nil && took < shortest && r.timing.Each < 1e9 {
			more := float64(shortest) * 1.2 / float64(max(took, 1))
			r.timing.Each *= int(min(max(more+1, 2), 100))
			took, err = r.run(r.timing.Each)
		}
		if err != nil {
			c.miss(r.timing.Name, err)
			r.stop()
			continue
		}
		able = append(able, r)
	}
	return able
}

// rounds times every case once a round. If the first run of all took so long that
// six more do not fit, it counts as a round.
func (c *Comparison) rounds(m Meter, all []*contender, began time.Time) {
	order := rand.New(rand.NewPCG(1, 1))
	longest := time.Since(began) // a round so far
	repeats := func(r *contender) bool { return r.timing.Each > 1 }
	if longest > m.Budget/7 && len(all) > 0 && !slices.ContainsFunc(all, repeats) {
		for _, r := range all {
			r.timing.Times = append(r.timing.Times, r.once)
		}
		c.Rounds = 1
	}
	for ; c.Rounds < m.Rounds && len(all) > 0; c.Rounds++ {
		if c.Rounds > 0 && time.Since(began)+longest > m.Budget {
			break
		}
		round := time.Now()
		for _, i := range order.Perm(len(all)) {
			r := all[i]
			runtime.GC() // what one case leaves is not charged to the next
			took, err := r.run(r.timing.Each)
			if err != nil { // it worked before: what there is still holds
				c.miss(r.timing.Name, err)
				return
			}
			r.timing.Times = append(r.timing.Times, took/time.Duration(r.timing.Each))
		}
		longest = time.Since(round)
	}
}

func (c *Comparison) miss(name string, err error) {
	var failed *scriptError
	if errors.As(err, &failed) {
		fmt.Fprintf(os.Stderr, "measure: %s: %v\n%s\n", name, failed, failed.output)
	}
	c.Missing = append(c.Missing, fmt.Sprintf("%s: %v", name, err))
}
