package inside

import "testing"

// Sub stands for t.Run in woven tests, of which virtual time allows none. In a test
// that is known to call it, which runs as it is then, each subtest runs under the
// schedules.
func Sub(t *testing.T, name string, f func(*testing.T)) bool {
	e := current
	if !e.Subtests {
		return t.Run(name, f) // which says so
	}
	return t.Run(name, func(t *testing.T) {
		if e.Subtest == "" || e.Subtest == t.Name() {
			e.each(t, f)
		}
	})
}

// Parallel stands for t.Parallel: nothing runs beside a test that is explored.
func Parallel(*testing.T) {}
