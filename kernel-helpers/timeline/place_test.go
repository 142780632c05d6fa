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
