package timeline

import "testing"

func TestWhatACallWaitsFor(t *testing.T) {
	for _, c := range []struct{ call, reason, want string }{
		{"sync.(*WaitGroup).Wait", "sync", "all of the group"},
		{"sync.(*RWMutex).RLock", "sync", "lock without a name"},
		{"runtime.chanrecv1", "chan receive", "a value from a channel"},
		{"net/http.Get", "network", "the network"},
		{"strings.Repeat", "GC mark assist wait for work", "the garbage collector"},
		{"golang.org/x/sync/semaphore.(*Weighted).Acquire", "select", "semaphore.Weighted.Acquire to return"},
		{"", "forever", "nothing: it can never go on"},
	} {
		p := &place{call: c.call}
		for range 2 { // the second time from memory
			if got := p.waitsFor(c.reason); got != c.want {
				t.Errorf("%s (%s) waits for %s, want %s", c.call, c.reason, got, c.want)
			}
		}
	}
}

func TestWhatALineNames(t *testing.T) {
	for line, want := range map[string]string{
		"mu.Lock()":                         "mu",
		"defer b.account.mu.RLock()":        "b.account.mu",
		"forks[i].Lock()":                   "forks[i]",
		"forks[(i+1)%len(forks)].Lock()":    "forks[(i+1)%len(forks)]",
		`stock["a b"].mu.Lock()`:            `stock["a b"].mu`,
		"rows[cols[i]].Lock()":              "rows[cols[i]]",
		"pick(3).mu.Lock()":                 "mu",
		"till.With(func() { x.Lock() })":    "till",
		"value, err := queue.Get(ctx)":      "queue",
		"if !gate.TryAcquire() { return }":  "gate",
		"go func() { defer mu.Unlock() }()": "",
	} {
		if got := firstIn(line, lockCall); got != want {
			t.Errorf("%s names %q, want %q", line, got, want)
		}
	}
	for line, want := range map[string]string{
		"v := <-results[len(results)-1]": "results[len(results)-1]",
		"for v := range p.jobs {":        "p.jobs",
		"case v, ok := <- in:":           "in",
	} {
		if got := firstIn(line, receiving, ranging); got != want {
			t.Errorf("%s names %q, want %q", line, got, want)
		}
	}
}
