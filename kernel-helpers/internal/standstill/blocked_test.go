package standstill

import "testing"

func TestWhoIsBlocked(t *testing.T) {
	const watchdog = "goroutine 9 [running]:\nx.(*watchdog).run()\n\n"
	const tracer = "goroutine 24 [trace reader (blocked)]:\nruntime.ReadTrace()\ncreated by runtime/trace.(*traceMultiplexer).startLocked in goroutine 1\n\t/x.go:1"
	for dump, want := range map[string]bool{
		"goroutine 1 [chan receive]:\nmain.main()":                                      true,
		"goroutine 1 [sync.WaitGroup.Wait, 2 minutes]:\nmain.main()":                    true,
		"goroutine 1 [select (no cases)]:\nmain.main()\n\n" + tracer:                    true,
		"goroutine 1 [chan receive, locked to thread]:\nmain.main()":                    true,
		"goroutine 1 [sleep]:\nmain.main()":                                             false,
		"goroutine 1 [chan receive]:\nmain.main()\n\ngoroutine 2 [IO wait]:\nmain.f()":  false,
		"goroutine 1 [chan receive]:\nmain.main()\n\ngoroutine 2 [syscall]:\nmain.f()":  false,
		"goroutine 1 [chan receive]:\nmain.main()\n\ngoroutine 2 [runnable]:\nmain.f()": false,
		"goroutine 1 [chan receive (durable), synctest bubble 1]:\nmain.main()":         false,
	} {
		if got := blockedIn(watchdog + dump); got != want {
			t.Errorf("blocked is %v, want %v:\n%s", got, want, dump)
		}
	}
}
