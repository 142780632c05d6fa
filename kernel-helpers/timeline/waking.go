package timeline

import (
	"cmp"
	"slices"
	"sort"

	"golang.org/x/exp/trace"
)

// waking is a moment at which a goroutine let others go on, as a helper tells of what
// processes share. Within a process the tracer tells it.
type waking struct {
	part *part // that the goroutine belongs to; set when a recording is built
	by   *goroutine
	at   trace.Time
}

// addWakings puts those of all processes in order.
func (b *builder) addWakings() {
	b.wakings = map[uint64][]waking{}
	for i := range b.parts {
		for identity, wakings := range b.parts[i].h.wakings {
			for _, w := range wakings {
				w.part = &b.parts[i]
				b.wakings[identity] = append(b.wakings[identity], w)
			}
		}
	}
	for _, wakings := range b.wakings {
		slices.SortStableFunc(wakings, func(x, y waking) int { return cmp.Compare(x.at, y.at) })
	}
}

// wakerOf returns who ended a wait of a goroutine: where the tracer does not tell, the
// last one who let go on who waits for the same. It reports false if nobody did: the
// wait came to its end in time, say.
func (b *builder) wakerOf(p *part, g *goroutine, s *stretch) (w waking, ok bool) {
	if s.waker != nil && s.waker != g {
		return waking{p, s.waker, s.end}, true
	}
	if s.lock == nil || s.lock.identity == 0 || !blocks(s.state) || s.end == 0 {
		return waking{}, false
	}
	// Between the word that it waits and the wait are a few instructions. One that
	// queued on has found that an earlier waking was not for it.
	since := max(s.start, s.again) - trace.Time(shortCall)
	all := b.wakings[s.lock.identity]
	next := sort.Search(len(all), func(i int) bool { return all[i].at > s.end+coarse })
	for i := next - 1; i >= 0 && all[i].at >= since; i-- {
		if all[i].by != g {
			return all[i], true
		}
	}
	return waking{}, false
}
