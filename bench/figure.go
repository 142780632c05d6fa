package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// section is a part of the page that holds figures of helpers.
type section struct {
	title   string
	figures []figure
}

// figure is one thing that a helper does, and who else does it.
type figure struct {
	what  string
	ours  timed
	goal  time.Duration // for ours, or 0
	peers []peer
	// why is what a reader must know to understand a goal that is missed. It is
	// printed while one is.
	why string
}

// timed is a case of a program.
type timed struct{ program, name string }

// peer is what else does the same. Ours should take at most goal times its time; 0
// is no goal, and only to compare.
type peer struct {
	timed
	what string
	goal float64
}

// turns is how many rounds of a figure there are for one of a cell or a program: they
// are short, and what is a few nanoseconds needs many.
const turns = 3

// measured makes a part of a section: the cases of a figure take turns, and each
// figure has programs of its own, so that nothing that another left disturbs.
func measured(s section) func(context.Context, *bench) error {
	return func(ctx context.Context, b *bench) error {
		b.printf("## %s\n\nMedians of %d rounds in turns (fastest–slowest).\n\n", s.title, turns*b.rounds)
		b.printf("| what | ours | beside | its time | ours / its | goal | |\n| --- | --- | --- | --- | --- | --- | --- |\n")
		var reasons []string
		for _, f := range s.figures {
			met, err := f.measure(ctx, b)
			if err != nil {
				return fmt.Errorf("%s: %w", f.what, err)
			}
			if !met && f.why != "" {
				reasons = append(reasons, upper(f.what)+": "+f.why)
			}
		}
		b.printf("\n")
		for _, reason := range reasons {
			b.printf("%s\n\n", reason)
		}
		return nil
	}
}

func upper(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

func (f figure) measure(ctx context.Context, b *bench) (met bool, err error) {
	programs := map[string]*program{}
	defer func() {
		for _, p := range programs {
			p.end()
		}
	}()
	cases := []timed{f.ours}
	for _, p := range f.peers {
		cases = append(cases, p.timed)
	}
	counts := make([]int, len(cases))
	samples := make([]sample, len(cases))
	for i, c := range cases {
		if programs[c.program] == nil {
			if programs[c.program], err = b.start(c.program); err != nil {
				return false, err
			}
		}
		if counts[i], err = calibrate(ctx, programs[c.program], c.name); err != nil {
			return false, err
		}
	}
	for range turns * b.rounds {
		for _, i := range rand.Perm(len(cases)) { // so that none always follows the same
			c := cases[i]
			times, took, err := programs[c.program].time(ctx, c.name, counts[i])
			if err != nil {
				return false, err
			}
			samples[i] = append(samples[i], took.Seconds()/float64(times))
		}
	}
	return f.print(b, samples), nil
}

// calibrate finds how often a case is to be run in a round: long enough for the
// clock, short enough for many turns.
func calibrate(ctx context.Context, p *program, name string) (n int, err error) {
	const round = 25 * time.Millisecond
	for n = 1; ; n *= 4 {
		times, took, err := p.time(ctx, name, n)
		if err != nil {
			return 0, err
		}
		if took >= round/4 || n > 1<<30 {
			return max(1, int(float64(times)*float64(round)/float64(took))), nil
		}
	}
}

func (f figure) print(b *bench, samples []sample) (met bool) {
	ours, met := samples[0], true
	what, our := f.what, ours.String()
	row := func(beside, its, compared, goal string, reached bool) {
		says := ""
		if goal != "" {
			says = verdict(reached)
			met = met && reached
		}
		b.printf("| %s | %s | %s | %s | %s | %s | %s |\n", what, our, beside, its, compared, goal, says)
		what, our = "", "" // once
	}
	if f.goal > 0 {
		row("", "", "", "≤ "+seconds(f.goal.Seconds()), ours.median() <= f.goal.Seconds())
	}
	for i, p := range f.peers {
		its := samples[i+1]
		compared, goal := ratio(ours, its), ""
		if p.goal > 0 {
			goal = "≤ " + digits(p.goal)
		}
		row(p.what, its.String(), digits(compared), goal, compared <= p.goal)
	}
	return met
}
