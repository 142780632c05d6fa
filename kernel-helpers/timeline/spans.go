package timeline

import (
	"time"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// add appends a span, or makes the last one longer if it is of the same sort.
func (l *Lane) add(s Span) {
	if n := len(l.Spans); n > 0 {
		last := &l.Spans[n-1]
		if last.State == s.State && last.For == s.For && last.On == s.On && last.Line == s.Line && last.End == s.Start {
			last.End, last.By = s.End, s.By
			return
		}
	}
	l.Spans = append(l.Spans, s)
}

// shortCall is how long a system call may take and still count as running: most
// neither block nor give their core up.
const shortCall = 100 * time.Microsecond

// span translates a stretch.
func (b *builder) span(h *history, s stretch) Span {
	span := Span{Start: b.clock(s.start), End: b.clock(s.end), On: NoLane, By: NoLane}
	switch s.state {
	case trace.GoRunnable:
		span.State = Ready
	case trace.GoSyscall:
		if span.End-span.Start < shortCall {
			span.State = Running
			break
		}
		p := h.places.of(s.stack)
		if s.lock != nil && p.at.Known() { // what processes share is waited for in the system
			b.wait(h, &span, s)
			break
		}
		if p.ofHelper() && !p.at.Known() {
			span.State, span.For = Waiting, "something to do"
			break
		}
		span.State = IO
		span.For, span.Line = "the system", p.line
		if p.call != "" {
			span.For = source.FuncName(p.call)
		}
	case trace.GoWaiting:
		b.wait(h, &span, s)
	default:
		span.State = Running
	}
	return span
}

// wait fills in the span of a goroutine that waits.
func (b *builder) wait(h *history, span *Span, s stretch) {
	p := h.places.of(s.stack)
	span.State, span.Line = Waiting, p.line
	switch {
	case p.ofHelper() && !p.at.Known():
		span.For = "something to do" // a pool's worker between two tasks, say
	case s.lock != nil:
		span.For = s.lock.title(h)
		if at, drawn := b.locks[s.lock]; drawn {
			span.On, span.For = at, b.rec.lanes[at].Name
		}
		if s.lock.held() {
			span.State = Contending
		}
	case p.locks():
		span.State, span.For = Contending, p.waitsFor(s.reason)
	case s.reason == "sleep":
		span.State, span.For = Sleeping, "its nap to end"
	case s.reason == "chan receive" && p.at.Known() && (s.timer || timerChannel.MatchString(p.at.Text())):
		span.State, span.For = Sleeping, "a timer"
	case s.reason == "network", p.net: // an HTTP client's caller waits for a goroutine that waits for the network
		span.State, span.For = IO, p.waitsFor("network")
	case s.reason == "preempted", s.reason == "wait for debug call":
		span.State, span.Line = Ready, ""
	default:
		span.For = p.waitsFor(s.reason)
	}
}
