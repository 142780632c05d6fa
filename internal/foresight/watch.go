package foresight

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Answer is what a kernel holds to one exercise.
type Answer struct {
	Slug, Text string // Text is compared: another one is another answer
	// Judge judges the answer and keeps the report, unless ctx ends first.
	Judge func(ctx context.Context)
}

// Watcher has new answers judged whenever a cell was built.
type Watcher struct {
	Shelf   Shelf
	Answers func(composed []byte) []Answer // in the program that the kernel composed
	Kernel  int                            // its process, with which the watcher ends
	Idle    time.Duration                  // the watcher ends when no cell was built for so long
}

// watching is the name that a watcher claims: a kernel needs one.
const watching = "any"

// Watched reports whether a process watches the kernel.
func (s Shelf) Watched() bool {
	release, err := s.Claim(watching)
	if err == nil {
		release()
	}
	return errors.Is(err, ErrClaimed)
}

// Run watches until the kernel or its folder is gone, no cell was built for a while, or
// ctx ends. If another process watches already, it returns at once.
func (w *Watcher) Run(ctx context.Context) error {
	release, err := w.Shelf.Claim(watching)
	if errors.Is(err, ErrClaimed) {
		return nil
	}
	if err != nil {
		return err
	}
	defer release()
	changes, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer changes.Close()
	if err := changes.Add(string(w.Shelf)); err != nil {
		return fmt.Errorf("%s cannot be watched: %w", w.Shelf, err)
	}
	known := map[string]string{} // slug -> text
	for _, a := range w.answers() {
		known[a.Slug] = a.Text // whoever started this has asked for it
	}
	work := newQueue(ctx)
	defer work.stop()
	idle := time.NewTimer(w.Idle)
	alive := time.NewTicker(time.Second)
	defer alive.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-alive.C:
			_, err := os.Stat(string(w.Shelf))
			if errors.Is(err, fs.ErrNotExist) || errors.Is(syscall.Kill(w.Kernel, 0), syscall.ESRCH) {
				return nil
			}
		case <-idle.C:
			return nil
		case err := <-changes.Errors:
			return err
		case change := <-changes.Events:
			if !change.Has(fsnotify.Create) || !isProgram(change.Name) {
				continue
			}
			idle.Reset(w.Idle)
			var fresh []Answer
			for _, a := range w.answers() {
				if known[a.Slug] != a.Text {
					known[a.Slug] = a.Text
					fresh = append(fresh, a)
				}
			}
			work.add(fresh)
		}
	}
}

// isProgram reports whether the file is what a cell was built as: a kernel runs a cell
// only then, and remembers it.
func isProgram(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o100 != 0
}

func (w *Watcher) answers() []Answer {
	composed, err := os.ReadFile(filepath.Join(string(w.Shelf), "main.go"))
	if err != nil {
		return nil
	}
	return w.Answers(composed)
}

// queue has answers judged one after the other.
type queue struct {
	ctx     context.Context
	waiting []Answer
	now     string // whose judgement is under way; "": nobody's
	giveUp  context.CancelFunc
	added   chan []Answer
	ended   chan struct{} // the judgement
	stopped chan struct{}
	stop    func()
}

func newQueue(ctx context.Context) *queue {
	ctx, cancel := context.WithCancel(ctx)
	q := &queue{ctx: ctx, added: make(chan []Answer), ended: make(chan struct{}), stopped: make(chan struct{})}
	q.stop = func() { cancel(); <-q.stopped }
	go q.run()
	return q
}

// add has answers judged, in the place of older ones to the same exercises.
func (q *queue) add(fresh []Answer) {
	select {
	case q.added <- fresh:
	case <-q.stopped:
	}
}

func (q *queue) run() {
	defer close(q.stopped)
	done := q.ctx.Done()
	for {
		select {
		case fresh := <-q.added:
			for _, a := range fresh {
				q.waiting = slices.DeleteFunc(q.waiting, func(old Answer) bool { return old.Slug == a.Slug })
				if q.now == a.Slug {
					q.giveUp()
				}
			}
			q.waiting = append(q.waiting, fresh...)
		case <-q.ended:
			q.giveUp()
			q.now = ""
		case <-done:
			done, q.waiting = nil, nil
		}
		if q.now == "" && len(q.waiting) > 0 {
			q.start(q.waiting[0])
			q.waiting = q.waiting[1:]
		}
		if q.now == "" && done == nil {
			return
		}
	}
}

func (q *queue) start(a Answer) {
	ctx, giveUp := context.WithCancel(q.ctx)
	q.now, q.giveUp = a.Slug, giveUp
	go func() {
		a.Judge(ctx)
		q.ended <- struct{}{}
	}()
}
