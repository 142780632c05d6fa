package gantt

import (
	"slices"
	"strconv"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
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
// as a pixel. The chart's axis is as long as wall, and most spans are kept.
func (t Timeline) thin(wall time.Duration, most int) Timeline {
	pixel := pixelOf(wall)
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
		if count <= most || width > wall/64 {
			break
		}
	}
	all := t.Arrows
	for gap := arrowGap * pixel; ; gap *= 2 {
		t.Arrows = thinArrows(all, lanes, gap)
		if len(t.Arrows) <= mostArrows || gap > wall {
			break
		}
	}
	// Long ones below, so that they do not cross out the heads of short ones.
	slices.SortStableFunc(t.Arrows, func(a, b Arrow) int { return b.length() - a.length() })
	t.Strip = thinLoads(t.Strip)
	t.Path = thinPath(t.Path, pixel, wall)
	return t
}

// length is how many lanes an arrow goes up or down.
func (a Arrow) length() int { return max(a.From-a.To, a.To-a.From) }

// mergeThin returns sorted spans with neighbours thinner than pixel merged: what
// lies within a pixel of the first becomes one span for each state, which
// together keep the time that the lane spent in each state. So does what runs and is
// interrupted for a moment, again and again, for less than a pixel in all.
func mergeThin(spans []Span, pixel time.Duration) []Span {
	merged := make([]Span, 0, min(len(spans), mostSpans))
	for i := 0; i < len(spans); {
		first := spans[i]
		end, at := i+1, len(merged)
		switch {
		case first.End-first.Start < pixel:
			for end < len(spans) && spans[end].End-spans[end].Start < pixel && spans[end].End-first.Start <= pixel {
				end++
			}
			merged = appendMerged(merged, spans[i:end])
		case first.State == drawing.Running:
			end = i + interrupted(spans[i:], pixel)
			merged = appendMerged(merged, spans[i:end])
			merged[at].Detail = first.Detail
		default:
			merged = append(merged, first)
		}
		i = end
	}
	return merged
}

// interrupted returns how many of the spans are the first and what goes on with it
// after it was without a core, in all for less than a pixel.
func interrupted(spans []Span, pixel time.Duration) (n int) {
	first, lost := spans[0], time.Duration(0)
	n = 1
	for i := 1; i < len(spans) && spans[i].Start == spans[i-1].End && lost < pixel; i++ {
		switch s := spans[i]; {
		case s.State == drawing.Ready:
			lost += s.End - s.Start
		case s.State == drawing.Running && spans[i-1].State == drawing.Ready && s.Detail == first.Detail:
			n = i + 1
		default:
			return n
		}
	}
	return n
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
	sums := make([]sum, 0, 8) // in order of occurrence; there are six states
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
// the same lanes. Starts all stay: that a third child has none would tell a reader
// something that is not true. Other siblings stay or go together. The extension does
// the same for the width that the page really has.
func thinArrows(arrows []Arrow, lanes []Lane, gap time.Duration) []Arrow {
	latest := make([]time.Duration, len(lanes)) // of the arrows that cross the lane
	for i := range latest {
		latest[i] = -gap
	}
	starts := 0
	for _, a := range arrows {
		if a.starts(lanes) {
			starts++
		}
	}
	var kept []Arrow
	for _, family := range families(arrows, lanes, gap) {
		first, last := len(lanes), 0
		for _, a := range family {
			first, last = min(first, a.From, a.To), max(last, a.From, a.To)
		}
		crossed := latest[first : last+1]
		switch {
		case family[0].starts(lanes):
			if starts > mostArrows {
				continue
			}
		case len(family) > mostArrows, family[0].At-slices.Max(crossed) < gap:
			continue
		}
		for i := range crossed {
			crossed[i] = family[len(family)-1].At
		}
		kept = append(kept, family...)
	}
	return kept
}

// starts reports whether the lane that the arrow goes to begins with it.
func (a Arrow) starts(lanes []Lane) bool {
	spans := lanes[a.To].Spans
	return len(spans) > 0 && a.At <= spans[0].Start
}

// families groups sorted arrows: siblings come from one lane, go to different
// ones, and each comes less than gap after the one before it. A start stands alone.
func families(arrows []Arrow, lanes []Lane, gap time.Duration) [][]Arrow {
	var all [][]Arrow
	growing := make([]int, len(lanes)) // 1 + the index in all of the family from each lane
	for _, a := range arrows {
		if a.starts(lanes) {
			all = append(all, []Arrow{a})
			continue
		}
		if i := growing[a.From] - 1; i >= 0 {
			family := all[i]
			sameTarget := func(b Arrow) bool { return b.To == a.To }
			if a.At-family[len(family)-1].At < gap && !slices.ContainsFunc(family, sameTarget) {
				all[i] = append(family, a)
				continue
			}
		}
		all = append(all, []Arrow{a})
		growing[a.From] = len(all)
	}
	return all
}
