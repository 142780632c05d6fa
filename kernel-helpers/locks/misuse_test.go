package locks_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

func TestMisuseSaysWhatToDo(t *testing.T) {
	held := locks.NewRMutex("accounts")
	holder := threads.Go("worker 1", held.Lock)
	<-holder.Done()
	var plain locks.Mutex
	for name, c := range map[string]struct {
		do   func()
		want string
	}{
		"unlock a Mutex twice":      {new(locks.Mutex).Unlock, "locks: Unlock of the Mutex, which is not locked; unlock it once for each Lock"},
		"unlock an RMutex twice":    {new(locks.RMutex).Unlock, "locks: Unlock of the RMutex, which is not locked"},
		"unlock another's RMutex":   {held.Unlock, "locks: Unlock of RMutex accounts, which "},
		"Unlock without Lock":       {new(locks.RWMutex).Unlock, "locks: Unlock of the RWMutex, which is not locked to write; RUnlock ends an RLock"},
		"RUnlock without RLock":     {new(locks.RWMutex).RUnlock, "locks: RUnlock of the RWMutex, which is not locked to read; Unlock ends a Lock"},
		"one Release too many":      {locks.NewBoundedSemaphore("slots", 2).Release, "locks: Release of BoundedSemaphore slots, which has all of its 2 permits; release once for each Acquire"},
		"fewer than no permits":     {locks.NewSemaphore("slots", -1).Acquire, "locks: Semaphore slots was made with -1 permits; give it at least 0"},
		"bounded by nothing":        {locks.NewBoundedSemaphore("slots", 0).Acquire, "locks: BoundedSemaphore slots was made with 0 permits; give it at least 1"},
		"a Cond without a lock":     {new(locks.Cond).Wait, "locks: Wait of the Cond, which has no lock; make it with NewCond"},
		"Wait without the lock":     {locks.NewCond("c", &plain).Wait, "locks: Unlock of the Mutex, which is not locked"},
		"Wait without the RMutex":   {locks.NewCond("c", new(locks.RMutex)).Wait, "locks: Wait with the RMutex, which is not locked"},
		"a barrier for nobody":      {func() { new(locks.Barrier).Wait() }, "locks: Wait of the Barrier, which is for 0 goroutines; make it with NewBarrier for at least one"},
		"a barrier for less":        {func() { locks.NewBarrier("b", -1).Wait() }, "locks: Wait of Barrier b, which is for -1 goroutines; "},
		"Check without the GIL":     {new(locks.GIL).Check, "locks: Check of the GIL outside its Run; what computes must hold it"},
		"Sleep without the GIL":     {func() { locks.NewGIL("python").Sleep(0) }, "locks: Wait of GIL python outside its Run"},
		"no switch interval at all": {func() { new(locks.GIL).SetSwitchInterval(0) }, "locks: a switch interval of 0s; it must be longer than nothing"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.HasPrefix(got, c.want) {
					t.Errorf("panic %q, want %q", got, c.want)
				}
			}()
			c.do()
		})
	}
}
