// want: passed
package sample

import "sync/atomic"

func Main() {
	var ready atomic.Bool
	go func() { ready.Store(true) }()
	for !ready.Load() {
	}
}
