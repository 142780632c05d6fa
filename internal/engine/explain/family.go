package explain

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
)

// family tells a deadlock of a program and its child processes: who waits where, and
// what for.
func (p *Program) family(event *wire.Event) string {
	var children []standing // whose place is all that a child does
	for _, dump := range event.Children {
		children = count(children, standing{at: p.process(dump), count: 1})
	}
	told := make([]string, len(children))
	for i, c := range children {
		verb := "waits"
		who := "a child process"
		if c.count > 1 {
			who, verb = fmt.Sprintf("%d child processes", c.count), "wait"
		}
		if c.at == "" {
			c.at = "for a call"
		}
		told[i] = who + " " + verb + " " + c.at
	}
	text := "Nothing can go on, because each waits for another: "
	if program := p.process(event.Stack); program != "" {
		text += "the program waits " + program + "; "
	}
	return text + strings.Join(told, "; ") + "."
}

// process says where the learner's goroutines of a process wait, or else what the
// check's own wait for there; "" if none does.
func (p *Program) process(dump string) string {
	all := p.standings(dump)
	all = slices.DeleteFunc(all, func(s standing) bool { return s.why == "" })
	if len(all) == 0 {
		for _, g := range stack.Parse(dump) {
			if why := waitsForProcess(&g); why != "" {
				all = count(all, standing{"a line of the check", why, 1})
			}
		}
	}
	told := make([]string, len(all))
	for i, s := range all {
		told[i] = "at " + s.at + ", " + s.why
		if s.count > 1 {
			told[i] = fmt.Sprintf("in %d goroutines %s", s.count, told[i])
		}
	}
	return strings.Join(told, ", and ")
}

// waitsForProcess says what a goroutine that waits in a call of package processes waits
// for; "" if it does not.
func waitsForProcess(g *stack.Goroutine) string {
	for _, f := range g.Frames {
		folder, name := path.Split(f.Func)
		method, within := strings.CutPrefix(name, "processes.")
		switch {
		case within && strings.HasSuffix(folder, "/kernel-helpers/"):
			if why := waitsInProcesses[plainMethod.Replace(method)]; why != "" {
				return why
			}
		case strings.Contains(folder, ".") && folder != "golang.org/x/sys/":
			return "" // not in Go's own library: what is below has only called it, as Value.With does
		}
	}
	return ""
}

// plainMethod makes "Queue.Put" of "(*Queue[...]).Put".
var plainMethod = strings.NewReplacer("(*", "", "[...]", "", ")", "")

// waitsInProcesses says what the methods of package processes wait for.
var waitsInProcesses = map[string]string{
	"Process.Wait":      "for a child process to end",
	"Worker.Close":      "for a child process to end",
	"Worker.Call":       "for a child process to answer",
	"Worker.Stream":     "for a child process to answer",
	"Queue.Put":         "for room in a queue",
	"Queue.Get":         "for a value in a queue",
	"End.Send":          "for room in a pipe",
	"End.Recv":          "for a value from a pipe",
	"Lock.Lock":         "for a lock that processes share",
	"Semaphore.Acquire": "for a permit of a semaphore that processes share",
	"Event.Wait":        "for an event that processes share",
	"Value.With":        "for a value that processes share",
	"Array.With":        "for an array that processes share",
}
