package processes

import (
	"os"
	"runtime"
	"sync"
	"time"
)

// The kernel ends a child when the thread that started it ends, not only when the
// process does. Go's threads come and go, so children are started by a goroutine
// that keeps its thread for as long as any of them lives.
var spawner struct {
	sync.Mutex
	children int
	requests chan spawnRequest // closed when the last child has ended
	unwatch  func()            // to be called then
}

type spawnRequest struct {
	argv   []string
	attr   *os.ProcAttr
	result chan<- spawnResult
}

type spawnResult struct {
	process *os.Process
	err     error
}

// spawn starts this program with argv. When the process has ended, reaped must be
// called.
func spawn(argv []string, attr *os.ProcAttr) (*os.Process, error) {
	spawner.Lock()
	if spawner.children == 0 {
		spawner.requests = make(chan spawnRequest)
		spawner.unwatch = watchKernel()
		go serveSpawns(spawner.requests)
	}
	spawner.children++
	requests := spawner.requests
	spawner.Unlock()

	result := make(chan spawnResult, 1)
	requests <- spawnRequest{argv, attr, result}
	r := <-result
	if r.err != nil {
		reaped()
	}
	return r.process, r.err
}

// wakePoller lets the runtime notice that nobody waits for files any more. A
// thread that waits for them on behalf of all goroutines is not woken when the
// last of those gives up, and as long as it waits, "all goroutines are asleep" is
// never reported. A timer wakes it.
func wakePoller() { time.Sleep(time.Nanosecond) }

// reaped says that a child has ended.
func reaped() {
	spawner.Lock()
	defer spawner.Unlock()
	if spawner.children--; spawner.children == 0 {
		close(spawner.requests)
		spawner.unwatch()
	}
}

func serveSpawns(requests <-chan spawnRequest) {
	runtime.LockOSThread() // for good: the thread ends with the goroutine
	if onMainThread() {
		// The main thread cannot end. Parked for good, it would keep the runtime
		// from noticing that all goroutines are asleep.
		locked := make(chan struct{})
		go func() {
			runtime.LockOSThread()
			close(locked)
			startProcesses(requests)
		}()
		<-locked
		runtime.UnlockOSThread()
		return
	}
	startProcesses(requests)
}

func startProcesses(requests <-chan spawnRequest) {
	for r := range requests {
		path, err := programPath()
		var p *os.Process
		if err == nil {
			p, err = os.StartProcess(path, r.argv, r.attr)
		}
		r.result <- spawnResult{p, err}
	}
}
