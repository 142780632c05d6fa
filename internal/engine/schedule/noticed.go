package schedule

import (
	"time"

	"github.com/interleave-lab/interleave/internal/engine/schedule/record"
)

// notices notes, in a run that is recorded, that a goroutine has come to a Point and the
// test has failed since the one before, once. To ask testing orders the caller after
// whoever failed, so it is done in no other run.
//
//go:norace
func (r *run) notices(g *goroutine) {
	if r.log == nil || r.noticed || r.failed == nil || !r.failed() {
		return
	}
	r.noticed = true
	now := time.Now()
	r.log.Add(record.Event{Kind: record.Noticed, Goroutine: g.id, From: r.at(now), To: r.at(now), Place: g.now.place})
}
