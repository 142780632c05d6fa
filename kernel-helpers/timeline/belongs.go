package timeline

import (
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// belongs reports whether a goroutine is one of the recording's and the reader's.
func (b *builder) belongs(h *history, g, root *goroutine) bool {
	switch {
	case g.name != "" && g.namedAt >= b.start && g.namedAt < b.end:
		return true
	case g.before, g.created < b.start, g.created >= b.end:
		return false
	}
	fn, file := g.first()
	owner := source.OwnerOf(fn, file)
	if g.parent == nil {
		// A timer's function, say: nobody created it.
		return owner == source.Reader && fn != ""
	}
	for p := g.parent; p != root; p = p.parent {
		if p == nil {
			return false
		}
	}
	switch owner {
	case source.Reader:
		return true
	case source.Helper:
		return false
	}
	written := h.places.of(g.site).at.Known() && h.places.of(g.site).call == "" // go time.Sleep(…)
	runs := strings.HasSuffix(fn, ").Go.func1")                                 // of sync.WaitGroup, errgroup.Group and their like
	return written || runs || h.runsReadersCode(g)
}

// runsReadersCode reports whether a goroutine that the standard library started
// was ever seen in a function of the reader's.
func (h *history) runsReadersCode(g *goroutine) bool {
	return slices.ContainsFunc(g.stretches, func(s stretch) bool { return h.places.of(s.stack).at.Known() })
}

// describe names a goroutine that has no name by what it runs.
func (h *history) describe(g *goroutine) string {
	fn, file := g.first()
	site := h.places.of(g.site).at
	if called := goStatement.FindStringSubmatch(site.Text()); called != nil && called[1] != "func" {
		return called[1]
	}
	if source.OwnerOf(fn, file) == source.Reader && !source.IsLiteral(fn) {
		return source.FuncName(fn)
	}
	if site.Known() {
		return "in " + site.Func
	}
	return "in " + source.FuncName(fn)
}
