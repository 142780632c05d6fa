// Package timeline records what goroutines, locks and child processes really do
// while a function runs, and draws it.
//
//	timeline.Show("Five workers, one nap each", func() {
//		var group threads.Group
//		for id := range 5 {
//			group.Go(fmt.Sprint("worker ", id), func() { work(id) })
//		}
//		group.Wait()
//	})
//
// It sees plain Go (go statements, channels, select, sync, time.Sleep, the
// network, pipes) as well as the helpers, in this process and in its children,
// through Go's own execution tracer. What it draws is measured, not simulated; the
// sentence under the title is computed. Files on disk are read and written too fast,
// as a rule, to be told from running.
//
// [Show] draws at the end, [Live] also meanwhile, [Compare] two recordings on one
// axis. [Record] returns the figures as values: who waited for which lock
// ([Recording.Contention]), what determined the wall time ([Recording.CriticalPath]; it
// is underlined where it leads through lanes that let each other go on, or through one
// that outlasts the others), how many ran at once.
// [Recording.Save] exports it all.
//
// A child process's bars show when Go let it run. Where there are more processes than
// cores the system gives each its turn, which Go does not see: sentences and the table
// therefore have the processor time that it had.
//
// A recording costs about a tenth of a microsecond an event, and a millisecond or
// two to begin and end: Go's tracer stops the world and hands over between
// goroutines of its own. Where others keep every core busy, each hand-over waits
// for one's time slice of 10 ms, so that a recording which begins or ends among them
// takes some tens of milliseconds more (go test -bench Record). A hundred thousand
// events are drawn in about a tenth of a second (go test -bench HundredThousand); of
// more than two million the first are kept. Use a profiler to find out where time goes
// inside a function: a timeline shows who waits for whom, not what a core computes.
//
// Where nothing can run any more, that is told after about a second and the program
// ends; where nothing has moved for 5 s but something may still come (from a
// listener, say), that is told, too, and the recording goes on.
//
// A recording may be made while another is under way, by the recorded function
// or beside it: each shows its own part. One may not be made in virtual time
// (testing/synctest), which Go's tracer does not allow.
package timeline

import (
	"fmt"
	"os"
)

// Record calls f and returns what happened meanwhile: the calling goroutine's
// lane, those of the goroutines that it or they started, child processes and
// locks.
//
// If f panics or calls runtime.Goexit, what there was is drawn and the panic goes
// on. If f comes to a state in which nothing can run any more, that is said and
// drawn, and Go ends the program with its own report. If another trace runs in
// the program already, f is called, nothing is recorded and a line on standard
// error says so.
func Record(f func()) *Recording {
	t := &take{title: "What there was"}
	return t.record(f)
}

// Show calls f and draws what happened meanwhile, under a title. See [Record].
func Show(title string, f func()) { show(title, f, false) }

func show(title string, f func(), live bool) {
	t := &take{title: title}
	if live {
		t.live = newLive(t)
	}
	rec := t.record(f)
	if err := t.draw(rec); err != nil {
		fmt.Fprintln(os.Stderr, "timeline: cannot show the recording:", err)
	}
}

// record calls f and returns its recording. If f does not return, it is drawn.
func (t *take) record(f func()) (rec *Recording) {
	if err := t.start(); err != nil {
		fmt.Fprintln(os.Stderr, "timeline: nothing is recorded:", err)
		f()
		return &Recording{note: err.Error()}
	}
	returned := false
	defer func() {
		// No recover: a panic that passes by keeps its value and its stack.
		t.live.end()
		rec = t.end()
		if !returned {
			rec.note = "The function did not return; this is until then"
			t.draw(rec)
		}
	}()
	f()
	returned = true
	return nil // set above
}
