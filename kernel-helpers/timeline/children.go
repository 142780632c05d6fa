package timeline

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/events"
)

// addChild adds the lanes of a child process: that of its main goroutine stands
// for the process, those of the goroutines that the reader started there follow.
func (b *builder) addChild(record events.ChildRecord, birth *birth) {
	h := newHistory()
	h.read(record.Trace)
	name := fmt.Sprintf("%s (pid %d)", record.Name, birth.pid)

	gone := b.end
	if birth.ended != 0 {
		gone = min(gone, birth.ended)
	}
	ended := gone // when it stopped telling
	w := h.windows[0]
	var process *Lane
	if w == nil {
		b.rec.lanes = append(b.rec.lanes, Lane{Name: name})
		process = &b.rec.lanes[len(b.rec.lanes)-1]
		process.Spans = []Span{{Start: b.clock(birth.started), End: b.clock(ended), State: Running, For: "what it does is not known: it ended, or went on, without telling"}}
	} else {
		if w.end == 0 {
			h.breakOff(ended)
		} else {
			ended = min(ended, w.end)
		}
		process = b.addLane(w.root, Process, name, ended)
		process.surround(b.clock(birth.started), b.clock(gone))
		process.CPU = max(w.cpu, 0) // below 0 if its end was not told
	}
	process.Kind, process.PID, process.Status = Process, birth.pid, record.Status
	process.Start, process.End = b.clock(birth.started), b.clock(gone)

	index := len(b.rec.lanes) - 1
	by, drawn := b.lanes[birth.by]
	if !drawn { // started by one that only stands in for it, on behalf of main
		b.lanes[birth.by] = index
		by, drawn = 0, birth.by != nil
	}
	if drawn {
		b.arrows = append(b.arrows, Wake{From: by, To: index, At: process.Start, What: "starts " + name})
	}
	if w == nil {
		return
	}
	suffix := fmt.Sprintf(" (in pid %d)", birth.pid)
	b.addThreads(h, w.root, ended, suffix)
	for i := index + 1; i < len(b.rec.lanes); i++ {
		b.rec.lanes[i].PID = birth.pid
	}
	b.addLocks(h, ended, suffix)
}

// breakOff completes a trace that breaks off because the process was killed:
// until then all went on as they did last. The tracer stops them for a moment
// where it writes its trace; what seems to be ready there was running.
func (h *history) breakOff(ended trace.Time) {
	for _, g := range h.order {
		n := len(g.stretches)
		if g.ended != 0 || n == 0 {
			continue
		}
		if g.stretches[n-1].state == trace.GoRunnable {
			g.stretches[n-1].state = trace.GoRunning
		}
		g.close(ended, nil)
	}
}

// surround adds what a process does before it can tell what it does and after
// it has stopped telling.
func (l *Lane) surround(start, end time.Duration) {
	if len(l.Spans) == 0 {
		l.Spans = []Span{{Start: start, End: end, State: Running, For: "starting"}}
		return
	}
	if first := l.Spans[0]; first.Start > start {
		l.Spans = slices.Insert(l.Spans, 0, Span{Start: start, End: first.Start, State: Running, For: "starting"})
	}
	if last := l.Spans[len(l.Spans)-1]; last.End < end {
		l.Spans = append(l.Spans, Span{Start: last.End, End: end, State: Running, For: "ending"})
	}
}
