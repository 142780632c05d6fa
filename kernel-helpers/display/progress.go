package display

import (
	"fmt"
	"html"
	"math"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Progress is a bar that grows under the running cell, with how much is done, and
// how long the rest will take if it goes on like this. Several goroutines may add
// to it.
//
//	progress := display.NewProgress("pages", len(pages))
//	defer progress.Close()
//	for _, page := range pages {
//		download(page)
//		progress.Add(1)
//	}
//
// Outside a kernel only the last state is printed.
type Progress struct {
	label string
	total int
	began time.Time
	live  *Live
	done  atomic.Int64
	isDue atomic.Bool // a timer is going to show what is done

	mu    sync.Mutex // protects what follows
	shown time.Time
	timer *time.Timer
	isEnd bool
}

// NewProgress returns a bar for total steps of something, and shows it. A total of 0
// says that nobody knows how many there will be. A total below 0 counts as 0.
func NewProgress(label string, total int) *Progress {
	p := &Progress{label: label, total: max(total, 0), began: time.Now(), live: NewLive()}
	if os.Getenv(pipeEnv) != "" {
		p.show()
	}
	return p
}

// Add counts n more steps as done. It costs some nanoseconds: what is done is shown
// by a timer, at most 20 times a second.
func (p *Progress) Add(n int) {
	p.done.Add(int64(n))
	if !p.isDue.Load() && p.isDue.CompareAndSwap(false, true) {
		p.schedule()
	}
}

func (p *Progress) schedule() {
	if os.Getenv(pipeEnv) == "" {
		return // and never again
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.isEnd {
		p.timer = time.AfterFunc(interval-time.Since(p.shown), func() {
			p.isDue.Store(false) // first: what is added from now on is shown by another
			p.show()
		})
	}
}

func (p *Progress) show() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.isEnd {
		p.shown = time.Now()
		p.live.Update(p.bundle(false)) // Close tells the error
	}
}

// Close shows the last state, and how long it took. The error is that of Show.
// Calls after the first do nothing.
func (p *Progress) Close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isEnd {
		return nil
	}
	p.isEnd = true
	if p.timer != nil {
		p.timer.Stop()
	}
	if err := p.live.Update(p.bundle(true)); err != nil {
		return err
	}
	return p.live.Close()
}

func (p *Progress) bundle(isEnd bool) Bundle {
	done := int(p.done.Load())
	text := progressText(p.label, done, p.total, time.Since(p.began), isEnd)
	return Bundle{"text/plain": text, "text/html": progressHTML(text, p.label, done, p.total)}
}

// progressText says how far something is after some time.
func progressText(label string, done, total int, took time.Duration, isEnd bool) string {
	text := label + ": " + grouped(done)
	if total > 0 {
		text += fmt.Sprintf(" of %s (%.0f%%)", grouped(total), math.Floor(100*float64(done)/float64(total)))
	}
	rate := float64(done) / took.Seconds()
	switch {
	case isEnd && done < total:
		return text + ", stopped after " + roughly(took)
	case isEnd:
		return text + " in " + roughly(took)
	case done <= 0 || took < interval:
		return text
	case total == 0:
		return text + ", " + grouped(int(math.Round(rate))) + " a second"
	case done >= total:
		return text
	}
	return text + ", " + roughly(time.Duration(float64(total-done)/rate*float64(time.Second))) + " left"
}

// progressHTML is a bar in the colours of Jupyter's theme, and the text beside it.
func progressHTML(text, label string, done, total int) string {
	bar := ""
	if total > 0 {
		share := min(max(100*float64(done)/float64(total), 0), 100)
		bar = fmt.Sprintf(`<div role="progressbar" aria-label="%s" aria-valuemin="0" aria-valuemax="100" aria-valuenow="%.0f" `+
			`style="flex:0 1 240px;height:8px;border-radius:4px;overflow:hidden;background:var(--jp-border-color2,#C8CDD3)">`+
			`<div style="height:100%%;width:%.1f%%;background:var(--jp-brand-color1,#0067A5)"></div></div>`, html.EscapeString(label), math.Floor(share), share)
	}
	return `<div style="display:flex;align-items:center;gap:10px;font-size:13px;font-variant-numeric:tabular-nums">` +
		bar + `<span>` + html.EscapeString(text) + `</span></div>`
}

// roughly writes a duration in the unit that a person would wait in.
func roughly(d time.Duration) string {
	switch {
	case d < 9950*time.Millisecond:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	case d < 2*time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 0, 64) + " s"
	case d < 2*time.Hour:
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	}
	return fmt.Sprintf("%d h", d.Round(time.Hour)/time.Hour)
}

// grouped writes n with commas: 1,234,567.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
