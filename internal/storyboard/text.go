package storyboard

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/explain"
)

// Finding says in one or two sentences what the story comes to.
func (s *Story) Finding() string {
	switch s.run.Verdict {
	case explain.Race:
		var told []string
		for _, st := range s.steps {
			if st.fault != "" {
				told = append(told, fmt.Sprintf("%s %s in line %d", s.name(st.goroutine), st.fault, st.place.Line))
			}
		}
		if len(told) == 2 {
			return sentence(told[0]) + ", and " + told[1] + "; nothing says which comes first."
		}
		return "Nothing says which of two accesses comes first."
	case explain.Deadlock:
		if len(s.stuck) == 0 { // nobody in the program's lines
			return fmt.Sprintf("After these steps %s waits for ever.", s.run.Root)
		}
		return sentence(s.waiting()) + ": nothing can go on."
	case explain.Leak:
		if len(s.stuck) == 0 {
			return "The function has returned, and goroutines are still there."
		}
		return "The function has returned, and " + s.waiting() + "."
	case explain.Panic:
		for _, st := range s.steps {
			if st.fault != "" {
				who := "it"
				if st.goroutine != 0 { // which calls the program, and panics in its lines
					who = s.name(st.goroutine)
				}
				return fmt.Sprintf("After these steps %s panics in line %d.", who, st.place.Line)
			}
		}
		return "After these steps it panics."
	case explain.Inconclusive:
		return s.endless()
	}
	found := "After these steps the check finds what is wrong"
	if n := len(s.steps); n > 0 && s.steps[n-1].place.Line > 0 {
		found += fmt.Sprintf(", in a call of %s in line %d", s.name(s.steps[n-1].goroutine), s.steps[n-1].place.Line)
	}
	says, _, _ := strings.Cut(s.run.Says, "\n")
	if says == "" || len(says) > mostSaid {
		return found + "."
	}
	return found + ": " + says
}

// endless says who goes on and on, if at the end it is one goroutine alone.
func (s *Story) endless() string {
	last := s.steps[max(0, len(s.steps)-longestRound):]
	if s.skipped > 0 {
		last = s.steps[s.skip:] // the last round of a loop
	}
	var lines []int
	for _, st := range last {
		if st.goroutine != last[0].goroutine || st.place.Line == 0 {
			return "It goes on and on."
		}
		lines = append(lines, st.place.Line)
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	words := make([]string, len(lines))
	for i, line := range lines {
		words[i] = fmt.Sprint(line)
	}
	noun := "line"
	if len(words) > 1 {
		noun = "lines"
	}
	return fmt.Sprintf("%s comes to %s %s again and again.", sentence(s.name(last[0].goroutine)), noun, and(words))
}

// sentence begins with a capital.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// waiting names who waits for ever: "G2 waits for ever in line 39, and G3 in line 31".
// Whoever only waits for a circle of others is left out.
func (s *Story) waiting() string {
	named := s.circle()
	if named == nil {
		named = slices.Collect(maps.Keys(s.stuck))
	}
	slices.Sort(named)
	var told []string
	for len(named) > 0 {
		line := s.stuck[named[0]].place
		var who []string
		named = slices.DeleteFunc(named, func(g int32) bool {
			same := s.stuck[g].place == line
			if same {
				who = append(who, s.name(g))
			}
			return same
		})
		verb := ""
		if told == nil {
			verb = " waits for ever"
			if len(who) > 1 {
				verb = " wait for ever"
			}
		}
		names := and(who)
		if len(who) > mostNamed {
			names = plural(len(who), "goroutine")
		}
		told = append(told, fmt.Sprintf("%s%s in line %d", names, verb, line.Line))
	}
	return strings.Join(told, ", and ")
}

// and puts words together as prose does.
func and(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// crowdWait is what some of those wait for that have no lanes of their own.
type crowdWait struct {
	stuck
	many int
}

// crowdWaits are theirs, those of one place together.
func (s *Story) crowdWaits() (waits []crowdWait) {
	for _, g := range s.crowd {
		i := slices.IndexFunc(waits, func(w crowdWait) bool { return w.stuck == s.stuck[g] })
		if i < 0 {
			i, waits = len(waits), append(waits, crowdWait{stuck: s.stuck[g]})
		}
		waits[i].many++
	}
	return waits
}

// agree chooses a verb's form.
func agree(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// mostNamed is how many goroutines are named; of more it is told how many they are.
const mostNamed = 6

// mostSaid is how long what a check says may be to stand below a picture's title, in bytes.
const mostSaid = 250

// mostLines is how many lines of a list are printed.
const mostLines = 30

// Lines is the story as a list, a line a step, in their order: the last ones if there
// are many.
func (s *Story) Lines() (lines []string) {
	width := 0
	for _, g := range s.lanes {
		width = max(width, len(s.name(g)))
	}
	add := func(g int32, number int, text string) {
		at := "    "
		if number > 0 {
			at = fmt.Sprintf("%4d", number)
		}
		lines = append(lines, fmt.Sprintf("%-*s %s  %s", width, s.name(g), at, text))
	}
	told := map[int32]bool{}
	for _, st := range s.steps {
		text := s.code(st.place)
		if !told[st.goroutine] {
			told[st.goroutine] = true
			text += s.origin(st.goroutine)
		}
		if st.times > 1 {
			text += fmt.Sprintf("   (%d times)", st.times)
		}
		switch {
		case st.place.Line == 0:
			text = "✗ finds what is wrong"
		case s.run.Verdict == explain.Failed && st.fault != "":
			text += "   ✗ here the check finds what is wrong"
		case st.fault != "":
			text += "   ✗ " + st.fault
		}
		add(st.goroutine, st.place.Line, text)
	}
	for _, g := range s.lanes {
		if wait, ok := s.stuck[g]; ok && s.onlooker(g) {
			add(g, wait.place.Line, s.code(wait.place)+"   waits "+wait.what+", too")
		} else if ok {
			add(g, wait.place.Line, s.code(wait.place)+"   ✗ waits for ever "+wait.what)
		}
	}
	for _, w := range s.crowdWaits() {
		lines = append(lines, fmt.Sprintf("%-*s %4d  %s   ✗ %d more %s for ever %s", width, "…", w.place.Line, s.code(w.place), w.many, agree(w.many, "waits", "wait"), w.what))
	}
	if s.skipped > 0 {
		lines = slices.Insert(lines, s.skip, fmt.Sprintf("%-*s       (%s more)", width, "…", plural(s.skipped, "step")))
	}
	before := s.cut
	if n := len(lines) - mostLines; n > 0 {
		lines, before = lines[n:], before+n
	}
	if before > 0 {
		lines = slices.Insert(lines, 0, fmt.Sprintf("%-*s       (%s before)", width, "…", plural(before, "step")))
	}
	return lines
}
