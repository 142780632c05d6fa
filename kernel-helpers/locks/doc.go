// Package locks has the primitives that goroutines wait at, made so that one
// sees who holds them and who waits: Mutex, RWMutex, RMutex, Semaphore,
// BoundedSemaphore, Cond, Event, Barrier and GIL.
//
// Use sync and channels in a program. Use these where a reader is to see what
// happens: package timeline draws each lock as a lane with its holders, each can
// be asked for its holders and its queue, and goroutines that wait for each
// other in a circle end with a [DeadlockError] that tells the circle.
//
// Names and rules are Go's where Go has the thing (package sync: any goroutine
// may unlock a Mutex), and those of Python's threading where it has not. All
// have the same forms:
//
//	mu.Lock()                          // waits for as long as it takes
//	mu.With(func() { … })              // holds it while the function runs
//	mu.TryLock() bool                  // does not wait
//	mu.LockTimeout(time.Second) bool   // waits no longer; false: it was not to be had
//	mu.LockContext(ctx) error          // the context's cause if that is done first
//	mu.Name(), mu.Holder(), mu.Waiting(), mu.String()
//
// A timeout of zero or less takes what is to be had at once. What Holder and Waiting
// tell is old news when it is read: it is to look at, not to decide by.
//
// Who is handed what it waits for at the very moment at which its time is up
// has got it: it is told so and nothing is lost. A context that is done already
// is an error even if there would be nothing to wait for.
//
// Waiters are served in the order of arrival. They wait on channels, so that
// the primitives work in virtual time (testing/synctest), where a blocked
// sync.Mutex stops the clock. None may be copied after its first use. Misuse
// panics with a sentence that starts with "locks: ".
package locks
