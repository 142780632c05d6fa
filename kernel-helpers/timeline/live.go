package timeline

import (
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
)

// Live is [Show] for what takes long: it draws what has happened so far while f runs,
// under a title, and at the end the same picture as Show. Outside a notebook it is
// Show.
//
// It draws at most 20 times a second, and less often as there is more to draw, so
// that it takes up a tenth of a core at most. Of child processes it shows what they
// have told until then, a twentieth of a second ago or so.
func Live(title string, f func()) {
	show(title, f, display.InKernel())
}

// live draws a recording that is under way. It is a timer rather than a goroutine,
// as the watchdog is: nothing of it waits while nothing is drawn.
type live struct {
	take *take
	out  *display.Live

	drawing sync.Mutex // held while a picture is made

	// Protected by current.
	timer *time.Timer
	still bool // it must not go on by itself
}

const (
	firstPicture = 100 * time.Millisecond // what is over by then is drawn once
	liveInterval = time.Second / 20
	liveShare    = 10 // drawing takes one part in so many of the time
)

func newLive(t *take) *live { return &live{take: t, out: display.NewLive()} }

// start begins to draw. It is called with the tape's lock held, as are pause and
// resume. A nil live does not draw.
func (l *live) start() {
	if l != nil {
		l.timer = time.AfterFunc(firstPicture, l.update)
	}
}

// update draws what has happened so far.
func (l *live) update() {
	l.drawing.Lock()
	defer l.drawing.Unlock()
	began := time.Now()
	current.Lock()
	goesOn := !l.still && l.take.cut()
	written := l.take.written()
	current.Unlock()
	if !goesOn {
		return
	}
	rec := l.take.reels.build(written, l.take.number)
	rec.note = "Still running"
	if bundle, err := rec.Chart(l.take.title).Interactive(); err == nil {
		l.out.Update(bundle) // an error comes again with the last picture
	}
	current.Lock()
	defer current.Unlock()
	if !l.still {
		l.timer.Reset(rest(time.Since(began)))
	}
}

// rest returns how long to wait after a picture that took so long.
func rest(took time.Duration) time.Duration { return max(liveInterval, (liveShare-1)*took) }

// pause stops drawing.
func (l *live) pause() {
	if l != nil {
		l.still = true
		l.timer.Stop()
	}
}

func (l *live) resume() {
	if l != nil {
		l.still = false
		l.timer.Reset(liveInterval)
	}
}

// pause stops drawing the recordings under way.
func (t *tape) pause() {
	for _, take := range t.takes {
		take.live.pause()
	}
}

func (t *tape) resume() {
	for _, take := range t.takes {
		take.live.resume()
	}
}

// end stops drawing for good and waits until a picture that is being made is shown.
func (l *live) end() {
	if l == nil {
		return
	}
	call()
	l.pause()
	current.Unlock()
	l.drawing.Lock() // for the last time
	defer l.drawing.Unlock()
}

// draw shows the recording: in place of what was shown of it while it was made.
func (t *take) draw(rec *Recording) error {
	if t.live == nil || len(rec.lanes) == 0 {
		return rec.Show(t.title)
	}
	bundle, err := rec.Chart(t.title).Bundle()
	if err != nil {
		return err
	}
	if err := t.live.out.Update(bundle); err != nil {
		return err
	}
	return t.live.out.Close()
}
