package threads

import "github.com/interleave-lab/interleave/kernel-helpers/internal/waitfor"

// Locks tell who holds them by these names.
func init() {
	waitfor.ThreadName = func(goroutine int64) string {
		s := shardOf(goroutine)
		s.mu.Lock()
		defer s.mu.Unlock()
		if t := s.threads[goroutine]; t != nil {
			return t.name
		}
		return ""
	}
}
