package eventloop

import (
	"math"
	"time"
)

// timer is something that happens at a time on the loop's clock.
type timer struct {
	at   time.Duration
	seq  int // of two for the same time the one that was set first comes first
	slot int // its index in timers, plus one; 0: it is not set
	task *task
	call func() // if task is nil
}

func (t *timer) ring() {
	if t.task != nil {
		t.task.wake(nil)
		return
	}
	t.call()
}

// alarms are timers of naps that are over, for naps to come.
type alarms []*timer

func (a *alarms) take(t *task) *timer {
	last := len(*a) - 1
	if last < 0 {
		return &timer{task: t}
	}
	alarm := (*a)[last]
	*a = (*a)[:last]
	alarm.task = t
	return alarm
}

func (a *alarms) put(alarm *timer) {
	alarm.task = nil
	*a = append(*a, alarm)
}

// timers is a binary heap: no timer comes before the one at (i-1)/2.
type timers []*timer

func (h timers) before(i, j int) bool {
	return h[i].at < h[j].at || h[i].at == h[j].at && h[i].seq < h[j].seq
}

func (h timers) swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].slot, h[j].slot = i+1, j+1
}

func (h timers) up(i int) {
	for i > 0 && h.before(i, (i-1)/2) {
		h.swap(i, (i-1)/2)
		i = (i - 1) / 2
	}
}

func (h timers) down(i int) {
	for child := 2*i + 1; child < len(h); child = 2*i + 1 {
		if child+1 < len(h) && h.before(child+1, child) {
			child++
		}
		if !h.before(child, i) {
			return
		}
		h.swap(i, child)
		i = child
	}
}

func (h *timers) add(t *timer) {
	*h = append(*h, t)
	t.slot = len(*h)
	h.up(len(*h) - 1)
}

func (h *timers) remove(i int) *timer {
	t, last := (*h)[i], len(*h)-1
	h.swap(i, last)
	(*h)[last] = nil
	*h = (*h)[:last]
	if i < last {
		h.down(i)
		h.up(i)
	}
	t.slot = 0
	return t
}

// later returns now + d, or the last time that there is.
func later(now, d time.Duration) time.Duration {
	if d > math.MaxInt64-now {
		return math.MaxInt64
	}
	return now + max(d, 0)
}

// set has t ring after d.
func (l *Loop) set(t *timer, d time.Duration) {
	l.seq++
	t.at, t.seq = later(l.clock(), d), l.seq
	l.timers.add(t)
}

// unset takes t back and reports whether it was still to ring.
func (l *Loop) unset(t *timer) bool {
	if t.slot == 0 {
		return false
	}
	l.timers.remove(t.slot - 1)
	return true
}

// Timer is a callback that is still to come. [Loop.AfterFunc] makes it.
type Timer struct {
	loop  *Loop
	timer timer
}

// AfterFunc has f called after d on the loop's clock, or as soon as can be if d is 0 or
// less, unless the timer is stopped before. The callback runs on the loop and cannot
// wait; to wait, start a task. If it panics, so does [Run]. What is still to come when
// the loop ends is not called.
func (l *Loop) AfterFunc(d time.Duration, f func()) *Timer {
	l.check("AfterFunc")
	t := &Timer{loop: l}
	t.timer.call = func() { l.ready.add(callback(f)) }
	l.set(&t.timer, d)
	return t
}

// Stop takes the callback back. It reports false if it is too late for that: the time
// has come, or the timer was stopped before.
func (t *Timer) Stop() bool {
	t.loop.check("Stop of a timer")
	return t.loop.unset(&t.timer)
}
