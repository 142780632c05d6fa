package eventloop

import (
	"cmp"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// primitive is what all that tasks wait at have in common.
type primitive struct {
	loop *Loop
	kind string // as charts call it: "lock"
	name string
	made source.Position // where, if it has no name
}

func newPrimitive(loop *Loop, kind, name string) primitive {
	p := primitive{loop: loop, kind: kind, name: name}
	if name == "" {
		p.made = readerPosition()
	}
	return p
}

// Name returns the name that it was given, or "".
func (p *primitive) Name() string { return p.name }

// title returns what charts and messages call it: "lock accounts". Without a name it
// is called as the variable on the line that made it.
func (p *primitive) title() string {
	return p.kind + " " + cmp.Or(p.name, assigned(p.made.Text()), "without a name")
}

// assigned returns the variable or field that a line of Go gives what it makes, if
// that is clear: "mu", "shop.till", "forks[i]"; or "".
func assigned(line string) string {
	left, _, found := strings.Cut(line, "eventloop.New")
	if !found || strings.Contains(left, ",") {
		return ""
	}
	left = strings.TrimSpace(left)
	name := strings.TrimRight(left, ":= ")
	if name == left {
		return "" // an argument, a result
	}
	if declared, ok := strings.CutPrefix(name, "var "); ok {
		name, _, _ = strings.Cut(declared, " ") // its type follows
	}
	return name[1+strings.LastIndexAny(name, " \t({"):]
}

// describe tells a primitive's state: "Mutex accounts: held by A; B waits".
func (p *primitive) describe(what, state string, waiting []string) string {
	if p.name != "" {
		what += " " + p.name
	}
	switch len(waiting) {
	case 0:
	case 1:
		state += "; " + waiting[0] + " waits"
	default:
		state += "; " + strings.Join(waiting, ", ") + " wait"
	}
	return what + ": " + state
}

// line is who waits at a primitive, in order.
type line struct {
	what   func() string // what follows "waits for"
	isLock bool          // tasks hold what it waits for, and so contend for it
	waitlist
}

func (w *line) describe() string { return w.what() }

func (w *line) abandon(t *task, _ *request) (stays bool) {
	w.remove(t)
	return false
}

// wait suspends the running task until it is taken off the line.
func (w *line) wait(t *task) error {
	if t.pending != nil { // it was woken and cancelled, and has to wait again
		return t.takePending("it could wait for " + w.describe())
	}
	t.queue(&w.waitlist)
	return t.park(w)
}

// wakeFirst lets the first in the line go on and returns it; nil: there was none.
func (w *line) wakeFirst() *task {
	t := w.pop()
	if t != nil {
		t.wake(t.loop.running)
	}
	return t
}

// wakeAll lets all in the line go on.
func (w *line) wakeAll() {
	for w.wakeFirst() != nil {
	}
}

// names returns who waits, in order.
func (w *line) names() (names []string) {
	if w.last == nil {
		return nil
	}
	for t := w.last.after; ; t = t.after {
		names = append(names, t.Name())
		if t == w.last {
			return names
		}
	}
}
