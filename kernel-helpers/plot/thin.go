package plot

import (
	"strconv"
	"time"
)

const (
	// mostSpans is how many spans a chart sends: what a browser draws at once
	// without a wait that is felt.
	mostSpans = 6000
	// mostArrows is how many arrows can still be told apart.
	mostArrows = 400
	// arrowGap is the least distance of two arrows that cross a lane, in pixels.
	arrowGap = 8
)

// thin merges spans that are thinner than a pixel and leaves out arrows that
// would hide each other. Where there are still too many, a larger stretch counts
// as a pixel.
func (t Timeline) thin() Timeline {
	pixel := max(1, t.Wall/fullWidth)
	lanes := t.Lanes
	for width := pixel; ; width *= 2 {
		count := 0
		merged := make([]Lane, len(lanes))
		for i, lane := range lanes {
			merged[i] = lane
			merged[i].Spans = mergeThin(lane.Spans, width)
			count += len(merged[i].Spans)
		}
		t.Lanes = merged
		if count <= mostSpans || width > t.Wall/64 {
			break
		}
	}
	all := t.Arrows
	for gap := arrowGap * pixel; ; gap *= 2 {
		t.Arrows = thinArrows(all, len(lanes), gap)
		if len(t.Arrows) <= mostArrows || gap > t.Wall/8 {
			return t
		}
	}
}

// mergeThin returns sorted spans with neighbours thinner than pixel merged: what
// starts within a pixel of the first becomes one span for each state, which
// together keep the time that the lane spent in each state.
func mergeThin(spans []Span, pixel time.Duration) []Span {
	merged := make([]Span, 0, min(len(spans), mostSpans))
	for i := 0; i < len(spans); {
		first := spans[i]
		end := i + 1
		if first.End-first.Start < pixel {
			for end < len(spans) && spans[end].End-spans[end].Start < pixel && spans[end].End-first.Start <= pixel {
				end++
			}
		}
		if end-i <= len(states) && !repeats(spans[i:end]) {
			merged = append(merged, spans[i:end]...)
		} else {
			merged = append(merged, mergeAll(spans[i:end])...)
		}
		i = end
	}
	return merged
}

// repeats reports whether a state occurs twice.
func repeats(spans []Span) bool {
	for i, s := range spans {
		for _, later := range spans[i+1:] {
			if s.State == later.State {
				return true
			}
		}
	}
	return false
}

// mergeAll returns one span for each state in spans, one after the other from
// the start of the first, as long as the states' sums.
func mergeAll(spans []Span) []Span {
	type sum struct {
		time  time.Duration
		count int
		only  Span
	}
	sums := make(map[State]*sum, len(states))
	var order []State
	for _, s := range spans {
		of := sums[s.State]
		if of == nil {
			of = &sum{only: s}
			sums[s.State] = of
			order = append(order, s.State)
		}
		of.time += s.End - s.Start
		of.count++
	}
	at := spans[0].Start
	merged := make([]Span, 0, len(order))
	for _, state := range order {
		of := sums[state]
		s := of.only
		s.Start, s.End = at, at+of.time
		if of.count > 1 {
			s.Label, s.Detail = "", strconv.Itoa(of.count)+" in a row, too short to tell apart"
		}
		merged = append(merged, s)
		at = s.End
	}
	return merged
}

// thinArrows leaves out arrows that come less than gap after one that crosses
// the same lanes.
func thinArrows(arrows []Arrow, lanes int, gap time.Duration) []Arrow {
	last := make([]time.Duration, lanes) // when an arrow last crossed the lane
	for i := range last {
		last[i] = -gap
	}
	var kept []Arrow
next:
	for _, a := range arrows {
		crossed := last[min(a.From, a.To) : max(a.From, a.To)+1]
		for _, at := range crossed {
			if a.At-at < gap {
				continue next
			}
		}
		for i := range crossed {
			crossed[i] = a.At
		}
		kept = append(kept, a)
	}
	return kept
}
