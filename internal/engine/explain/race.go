package explain

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	access   = regexp.MustCompile(`(?i)^(Previous )?(atomic )?(read|write) (?:at|of size)(?:.* by goroutine (\d+):)?`)
	creation = regexp.MustCompile(`^Goroutine (\d+) \(.*\) created at:$`)
	raceLine = regexp.MustCompile(`^\s+(.+):(\d+)(?: \+0x[0-9a-f]+)?$`)
)

// touch is one of the accesses of a race; line is 0 if it is in none of the program's.
type touch struct {
	kind  string // "reads" or "writes"
	does  string // the innermost function, which may be the runtime's: runtime.closechan
	file  string
	line  int
	calls []Call // that led there
	at    string // in words
	by    string // the report's number of the goroutine
	from  Origin // of that goroutine
}

// mostCalls is how many calls are told that led to an access.
const mostCalls = 3

// touches returns the two accesses of the race detector's first report, the later
// one first; fewer, if it was broken off.
func (p *Program) touches(report string) (touches []touch) {
	open := false      // inside of the stack of an access
	var made []*Origin // inside of the stack that started the goroutines of these
	for line := range strings.Lines(report) {
		line = strings.TrimRight(line, "\n")
		switch m := access.FindStringSubmatch(line); {
		case m != nil:
			if len(touches) == 2 {
				return touches // what follows is another race
			}
			touches = append(touches, touch{kind: strings.ToLower(m[3]) + "s", by: m[4]})
			open, made = true, nil
		case line == "":
			open, made = false, nil
		case strings.HasPrefix(line, "Goroutine "):
			open, made = false, startedBy(touches, line)
		case made != nil:
			p.startedAt(made, line)
		case open:
			place := raceLine.FindStringSubmatch(line)
			if place == nil {
				if t := &touches[len(touches)-1]; t.line == 0 && t.does == "" {
					t.does = strings.TrimSuffix(strings.TrimSpace(line), "()")
				}
				continue
			}
			number, _ := strconv.Atoi(place[2])
			at, ok := p.Line(place[1], number)
			t := &touches[len(touches)-1]
			switch {
			case !ok:
			case t.line == 0:
				t.file, t.line, t.at = place[1], number, at
			case len(t.calls) < mostCalls:
				t.at += ", called at " + at
				t.calls = append(t.calls, Call{place[1], number})
			}
		}
	}
	return touches
}

// startedBy returns where to note what the stack says that follows a line.
func startedBy(touches []touch, line string) (made []*Origin) {
	if m := creation.FindStringSubmatch(line); m != nil {
		for i := range touches {
			if touches[i].by == m[1] {
				made = append(made, &touches[i].from)
			}
		}
	}
	return made
}

// startedAt reads a line of the stack that started goroutines, the innermost call first.
func (p *Program) startedAt(made []*Origin, line string) {
	place := raceLine.FindStringSubmatch(line)
	var at Call
	if place != nil {
		if number, _ := strconv.Atoi(place[2]); number > 0 {
			if _, ok := p.Line(place[1], number); ok {
				at = Call{place[1], number}
			}
		}
	}
	for _, o := range made {
		if !o.Known {
			*o = Origin{Known: true, Root: strings.HasPrefix(line, "  testing/synctest.")}
		}
		if o.At.Line == 0 {
			o.At = at
		}
	}
}

// exhausted is what the detector writes when the system gives it no more memory: a
// program that starts goroutines without number comes to that bound too.
var exhausted = regexp.MustCompile(`ThreadSanitizer:? (out of memory|failed to (allocate|mmap))`)

// Race tells the first report of the race detector as two places in the
// learner's program. A race in which no line of the learner's takes part is a
// fault of the checks.
func (p *Program) Race(report string) (Verdict, string) {
	touches := p.touches(report)
	if len(touches) == 0 && exhausted.MatchString(report) {
		return Panic, "The program asked for more memory than it may have."
	}
	const cure = " Guard it with a lock, hand it over through a channel, or give each goroutine a place of its own."
	if len(touches) < 2 || touches[0].at == "" && touches[1].at == "" {
		return GraderFault, "The checks themselves have a data race: " + report
	}
	if m := misuseOf(touches); m != nil {
		return Race, m.says
	}
	// Which of the two the detector saw first may differ from run to run of the same
	// schedule; that must not change what is told.
	slices.SortFunc(touches, func(a, b touch) int {
		return cmp.Or(strings.Compare(path.Base(a.file), path.Base(b.file)), a.line-b.line, strings.Compare(a.at, b.at), strings.Compare(a.kind, b.kind))
	})
	const told = "Two goroutines touch the same memory at the same time: one "
	if touches[0].kind == touches[1].kind && touches[0].at == touches[1].at {
		return Race, "Two goroutines touch the same memory at the same time: each " + touches[0].kind + " it at " + touches[0].at + "." + cure
	}
	if touches[0].at == touches[1].at {
		return Race, told + touches[0].kind + " and one " + touches[1].kind + " it at " + touches[0].at + "." + cure
	}
	for i := range touches {
		if touches[i].at == "" {
			yours := touches[1-i]
			return Race, told + yours.kind + " it at " + yours.at + ", and one " + touches[i].kind + " it outside of your code. " +
				"Wait for all that you started before you return, and change nothing that others may be using."
		}
	}
	return Race, told + touches[0].kind + " it at " + touches[0].at + ", one " + touches[1].kind + " it at " + touches[1].at + "." + cure
}
