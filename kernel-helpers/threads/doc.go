// Package threads runs functions in threads of execution that have names, can be
// waited for, and carry their panics to whoever waits.
//
//	t := threads.Go("worker 1", work)
//	t.Join()                          // waits; panics if work did
//	t.JoinTimeout(time.Second) bool   // waits no longer; false: it still runs
//	t.JoinContext(ctx) error          // the context's cause if that is done first
//
//	var group threads.Group           // several, waited for together
//	group.Go("worker 2", work)
//	group.Wait()
//
//	threads.Start("downloader", d)    // any value with a method Run
//	threads.After(time.Second, "alarm", ring).Stop()
//	threads.Go("heartbeat", beat, threads.Daemon)
//	threads.Go("player", play, threads.Pinned)
//
// A thread is a goroutine. Use a go statement and sync.WaitGroup in a program;
// use threads where a name is worth having, as package timeline draws it, or
// where a panic in one thread should not end the whole program.
//
// Threads share the names and rules of Python's threading module where Go has no
// word (https://docs.python.org/3/library/threading.html). They work in virtual time
// (testing/synctest). Names are for charts, messages and prints: several threads may
// have the same. Misuse panics with a sentence that starts with "threads: ".
package threads
