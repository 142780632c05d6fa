package timeline

import (
	"fmt"
	"slices"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// child is a child process: what the tape tells of it, and what it told itself.
type child struct {
	events.ChildRecord
	history *history
}

// addChild adds the lanes of a child process: that of its main goroutine stands
// for the process, those of the goroutines that the reader started there follow.
func (b *builder) addChild(c child, birth *birth) {
	name := fmt.Sprintf("%s (pid %d)", c.Name, birth.pid)
	p := part{h: c.history, until: b.end, birth: birth, lane: len(b.rec.lanes)}
	if birth.ended != 0 {
		p.until = min(p.until, birth.ended)
	}
	lane := &Lane{Name: name, Parent: NoLane}
	if w := c.history.windows[0]; w == nil { // it told nothing
		b.rec.lanes = append(b.rec.lanes, *lane)
		lane = &b.rec.lanes[p.lane]
	} else {
		p.root, p.suffix, p.killed = w.root, fmt.Sprintf(" (in pid %d)", birth.pid), w.end == 0
		if w.end != 0 { // when it stopped telling
			p.until = min(p.until, w.end)
		}
	}
	b.parts = append(b.parts, p)
	part := &b.parts[len(b.parts)-1]
	if p.root != nil {
		lane = b.addLane(part, p.root, Process, name)
	}
	lane.CPU = c.used(birth)
	began, gone := birth.started, b.end
	if p.root != nil { // it may tell before its parent comes to say that it has started
		began = min(began, p.root.created)
	}
	if birth.ended != 0 {
		gone = min(gone, birth.ended)
	}
	lane.Kind, lane.PID, lane.Status = Process, birth.pid, c.Status
	lane.Start, lane.End = b.clock(began), b.clock(gone)

	by, drawn := b.lanes[birth.by]
	if !drawn { // started by one that only stands in for it, on behalf of main
		b.lanes[birth.by] = p.lane
		by, drawn = 0, birth.by != nil
	}
	if drawn {
		lane.Parent = by
		b.arrows = append(b.arrows, Wake{From: by, To: p.lane, At: lane.Start, What: "starts " + name})
	}
	if p.root == nil {
		return
	}
	b.addThreads(part)
	for i := p.lane + 1; i < len(b.rec.lanes); i++ {
		b.rec.lanes[i].PID = birth.pid
	}
}

// used returns how much processor time the child had in the recording, or 0 if that is
// not known. One that was killed cannot tell its end; then the system does.
func (c child) used(birth *birth) time.Duration {
	w := c.history.windows[0]
	switch {
	case w == nil:
		return birth.used
	case w.end != 0:
		return max(w.cpu, 0)
	case birth.used > 0: // and what it had before the recording is less than nothing in w
		return max(birth.used+w.cpu, 0)
	}
	return 0
}

// surround adds what a child process does before it can tell what it does and after
// it has stopped telling.
func (b *builder) surround(p *part) {
	if p.birth == nil {
		return
	}
	l := &b.rec.lanes[p.lane]
	says := func(start, end time.Duration, what string) Span {
		return Span{Start: start, End: end, State: Running, For: what, On: NoLane, By: NoLane}
	}
	if p.root == nil {
		l.Spans = []Span{says(l.Start, l.End, "what it does is not known: it ended, or went on, without telling")}
		return
	}
	if len(l.Spans) == 0 {
		l.Spans = []Span{says(l.Start, l.End, "starting")}
		return
	}
	if first := l.Spans[0]; first.Start > l.Start {
		l.Spans = slices.Insert(l.Spans, 0, says(l.Start, first.Start, "starting"))
	}
	if last := l.Spans[len(l.Spans)-1]; last.End < l.End {
		l.Spans = append(l.Spans, says(last.End, l.End, "ending"))
	}
}
