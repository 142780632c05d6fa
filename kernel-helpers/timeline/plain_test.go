package timeline_test

import (
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

// Each of these makes main wait, in plain Go, for as long as half a nap.
func TestEachWaitOfPlainGoNamesItsLine(t *testing.T) {
	const half = nap / 2
	later := func(f func()) { go func() { time.Sleep(half); f() }() }
	for name, c := range map[string]struct {
		f     func()
		state timeline.State
		what  string
		line  string // how the line begins
	}{
		"Mutex": {func() {
			var mu sync.Mutex
			mu.Lock()
			later(mu.Unlock)
			mu.Lock()
		}, timeline.Contending, "lock mu", "`mu.Lock()`"},
		"RWMutex, a reader": {func() {
			var cache sync.RWMutex
			cache.Lock()
			later(cache.Unlock)
			cache.RLock()
		}, timeline.Contending, "lock cache", "`cache.RLock()`"},
		"RWMutex, a writer": {func() {
			var cache sync.RWMutex
			cache.RLock()
			later(cache.RUnlock)
			cache.Lock()
		}, timeline.Contending, "lock cache", "`cache.Lock()`"},
		"WaitGroup": {func() {
			var wg sync.WaitGroup
			wg.Go(func() { time.Sleep(half) })
			wg.Wait()
		}, timeline.Waiting, "all of wg", "`wg.Wait()`"},
		"Cond": {func() {
			full := sync.NewCond(&sync.Mutex{})
			later(func() { full.L.Lock(); full.Broadcast(); full.L.Unlock() })
			full.L.Lock()
			full.Wait()
		}, timeline.Waiting, "a signal of full", "`full.Wait()`"},
		"Once": {func() {
			var once sync.Once
			begun := make(chan bool)
			go once.Do(func() { close(begun); time.Sleep(half) })
			<-begun
			once.Do(func() {})
		}, timeline.Waiting, "once to be done", "`once.Do(func() {})`"},
		"receive": {func() {
			values := make(chan int)
			later(func() { values <- 1 })
			<-values
		}, timeline.Waiting, "a value from values", "`<-values`"},
		"send": {func() {
			values := make(chan int)
			later(func() { <-values })
			values <- 1
		}, timeline.Waiting, "a receiver on values", "`values <- 1`"},
		"select": {func() {
			a, b := make(chan int), make(chan int)
			later(func() { close(b) })
			select {
			case <-a:
			case <-b:
			}
		}, timeline.Waiting, "the first of several channels", "`select {`"},
		"Sleep": {func() { time.Sleep(half) }, timeline.Sleeping, "its nap to end", "`\"Sleep\": {func() { time.Sleep(half) }"},
		"network": {func() {
			door, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				panic(err)
			}
			defer door.Close()
			later(func() {
				if visitor, err := net.Dial("tcp", door.Addr().String()); err == nil {
					visitor.Close()
				}
			})
			guest, err := door.Accept()
			if err != nil {
				panic(err)
			}
			guest.Close()
		}, timeline.IO, "the network", "`guest, err := door.Accept()`"},
		"file": {func() {
			r, w, err := os.Pipe()
			if err != nil {
				panic(err)
			}
			later(func() { w.Close() })
			io.ReadAll(r)
		}, timeline.IO, "a file or another program", "`io.ReadAll(r)`"},
	} {
		t.Run(name, func(t *testing.T) {
			rec := timeline.Record(c.f)
			wellFormed(t, rec)
			main := rec.Lanes()[0]
			for _, s := range main.Spans {
				if s.State == c.state && s.For == c.what && strings.HasPrefix(s.Line, c.line) && s.End-s.Start >= half*9/10 {
					return
				}
			}
			t.Errorf("main does not wait for %q at %s: %+v", c.what, c.line, main.Spans)
		})
	}
}
