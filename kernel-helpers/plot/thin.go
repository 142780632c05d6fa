package plot

import (
	"slices"
	"strconv"
	"time"
)

const (
	// mostSpans is how many spans a chart sends: what a browser draws at once
	// without a wait that is felt.
	mostSpans = 6000
	// mostArrows is how many arrows do not hide what they point at.
	mostArrows = 100
	// arrowGap is the least distance of two arrows that cross a lane, in pixels.
	arrowGap = 10
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
		t.Arrows = thinArrows(all, len(lanes), pixel, gap)
		if len(t.Arrows) <= mostArrows || gap > t.Wall {
			break
		}
	}
	// Long ones below, so that they do not cross out the heads of short ones.
	slices.SortStableFunc(t.Arrows, func(a, b Arrow) int { return b.length() - a.length() })
	return t
}

// length is how many lanes an arrow goes up or down.
func (a Arrow) length() int { return max(a.From-a.To, a.To-a.From) }

// mergeThin returns sorted spans with neighbours thinner than pixel merged: what
// lies within a pixel of the first becomes one span for each state, which
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
		merged = appendMerged(merged, spans[i:end])
		i = end
	}
	return merged
}

// appendMerged appends one span for each state in spans, one after the other from
// the start of the first, as long as the states' sums. If no state occurs twice,
// it appends spans as they are.
func appendMerged(merged, spans []Span) []Span {
	type sum struct {
		Span
		time  time.Duration
		count int
	}
	sums := make([]sum, 0, 8) // in order of occurrence; there are five states
next:
	for _, s := range spans {
		for i := range sums {
			if sums[i].State == s.State {
				sums[i].time += s.End - s.Start
				sums[i].count++
				continue next
			}
		}
		sums = append(sums, sum{s, s.End - s.Start, 1})
	}
	if len(sums) == len(spans) {
		return append(merged, spans...)
	}
	at := spans[0].Start
	for _, s := range sums {
		s.Start, s.End = at, at+s.time
		at = s.End
		if s.count > 1 {
			s.Label, s.Detail = "", strconv.Itoa(s.count)+" in a row, too short to tell apart"
		}
		merged = append(merged, s.Span)
	}
	return merged
}

// thinArrows leaves out arrows that come less than gap after one that crosses
// the same lanes, except arrows from the same lane at about the same pixel: they
// show as one that branches.
func thinArrows(arrows []Arrow, lanes int, pixel, gap time.Duration) []Arrow {
	latest := make([]*Arrow, lanes) // that crosses the lane
	var kept []Arrow
next:
	for _, a := range arrows {
		root := &a
		crossed := latest[min(a.From, a.To) : max(a.From, a.To)+1]
		for _, before := range crossed {
			switch {
			case before == nil || a.At-before.At >= gap:
			case before.From == a.From && before.To != a.To && a.At-before.At < 2*pixel:
				root = before
			default:
				continue next
			}
		}
		for i := range crossed {
			crossed[i] = root
		}
		kept = append(kept, a)
	}
	return kept
}
