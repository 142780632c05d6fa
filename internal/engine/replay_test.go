package engine_test

import (
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
)

// overdrawn is right as long as nobody comes between its look and its store.
const overdrawn = `
	var mu sync.Mutex
	pages := make([]Page, len(urls))
	next := 0
	take := func() int { mu.Lock(); defer mu.Unlock(); return next }
	put := func(i int) { mu.Lock(); defer mu.Unlock(); next = i + 1 }
	var fetches sync.WaitGroup
	for range urls {
		fetches.Go(func() {
			i := take()
			put(i)
			body, err := fetch(ctx, urls[i])
			mu.Lock()
			pages[i] = Page{URL: urls[i], Body: body, Err: err}
			mu.Unlock()
		})
	}
	fetches.Wait()
	return pages`

func TestAFailingScheduleIsReplayed(t *testing.T) {
	e, all := exercises(t)
	r := judgeSource(t, e, all[0], pages(`"sync"`, overdrawn, ""), engine.Public)
	if r.Replay == nil {
		t.Fatalf("no replay of %s: %s", r.Verdict, r.Message)
	}
	for _, c := range r.Checks {
		if c.Name == r.Replay.Check && (c.Seed == nil || *c.Seed != r.Replay.Seed || c.Verdict == engine.Passed) {
			t.Errorf("%s was judged %s under schedule %v; the replay is of %d", c.Name, c.Verdict, c.Seed, r.Replay.Seed)
		}
	}
	if len(r.Replay.Events) == 0 || len(r.Replay.Places) == 0 {
		t.Errorf("%d events, %d places", len(r.Replay.Events), len(r.Replay.Places))
	}
	t.Logf("%s: %s; schedule %d, %d delays, %d events, %.2f s", r.Verdict, r.Message, r.Replay.Seed, len(r.Replay.Delays), len(r.Replay.Events), r.Seconds)
}
