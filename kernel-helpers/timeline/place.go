package timeline

import (
	"regexp"
	"strings"

	"golang.org/x/exp/trace"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

// place is a stack as a reader sees it.
type place struct {
	at   source.Position // the reader's own innermost line
	call string          // the function that is called there, as the runtime tells it, or ""
	line string          // at, in words; "" if there is none
	net  bool            // the call leads into package net or one below it
	file bool            // it leads into a file's methods

	waits map[string]string // see waitsFor
}

// places resolves stacks, each once: thousands of events share one.
type places map[trace.Stack]*place

func (p places) of(stack trace.Stack) *place {
	if found := p[stack]; found != nil {
		return found
	}
	found := &place{}
	for frame := range stack.Frames() {
		if source.OwnerOf(frame.Func, frame.File) == source.Reader {
			found.at = source.At(frame.Func, frame.File, int(frame.Line))
			found.line = found.at.String()
			break
		}
		found.call = frame.Func
		found.file = found.file || strings.HasPrefix(frame.Func, "os.(*File).")
		found.net = found.net || strings.HasPrefix(frame.Func, "net.") || strings.HasPrefix(frame.Func, "net/")
	}
	p[stack] = found
	return found
}

// first returns the name and the file of the function that a stack starts with.
func first(stack trace.Stack) (fn, file string) {
	for frame := range stack.Frames() {
		fn, file = frame.Func, frame.File
	}
	return fn, file
}

// first returns the function that a goroutine runs: the one that it was created
// with or, if that is not known, that any of its stacks starts with.
func (g *goroutine) first() (fn, file string) {
	fn, file = first(g.start)
	for i := 0; fn == "" && i < len(g.stretches); i++ {
		fn, file = first(g.stretches[i].stack)
	}
	return fn, file
}

// operand is a variable as a line spells it, with its fields and elements: "mu",
// "account.mu", "forks[(i+1)%len(forks)]".
const operand = `(\w+(?:\.\w+|\[(?:[^\[\]]|\[[^\[\]]*\])*\])*)`

// What a line says about the call on it that blocks.
var (
	goStatement  = regexp.MustCompile(`\bgo\s+([\w.]+)`)
	lockCall     = regexp.MustCompile(operand + `\.(?:(?:Try)?R?Lock\w*|(?:Try)?Acquire\w*|With(?:Read)?|(?:Try)?Run\w*|Wait\w*|Check|Sleep|Get|Put|Send|Receive)\(`)
	waitCall     = regexp.MustCompile(operand + `\.Wait\(`)
	onceCall     = regexp.MustCompile(operand + `\.Do\(`)
	joinCall     = regexp.MustCompile(operand + `\.Join\(`)
	receiving    = regexp.MustCompile(`<-\s*` + operand)
	ranging      = regexp.MustCompile(`range\s+` + operand)
	timerChannel = regexp.MustCompile(`<-\s*time\.|<-\s*[\w.\[\]]+\.C\b`)
	sending      = regexp.MustCompile(operand + `\s*<-`)
)

// named returns what the first of the patterns finds on the reader's line, or
// otherwise.
func (p *place) named(otherwise string, patterns ...*regexp.Regexp) string {
	if found := firstIn(p.at.Text(), patterns...); found != "" {
		return found
	}
	return otherwise
}

// firstIn returns what the first of the patterns finds in a line, or "".
func firstIn(line string, patterns ...*regexp.Regexp) string {
	for _, pattern := range patterns {
		if found := pattern.FindStringSubmatch(line); found != nil {
			return found[1]
		}
	}
	return ""
}

// ofHelper reports whether the reader's line calls a helper, or whether a helper's
// own goroutine is here.
func (p *place) ofHelper() bool { return strings.Contains(p.call, "/kernel-helpers/") }

// locks reports whether the call here is for a lock of package sync.
func (p *place) locks() bool {
	return strings.HasPrefix(p.call, "sync.(*Mutex)") || strings.HasPrefix(p.call, "sync.(*RWMutex)")
}

// waitsFor says what a goroutine that blocks here for a reason waits for. It reads
// the reader's line once for all who do.
func (p *place) waitsFor(reason string) string {
	if p.waits == nil {
		p.waits = map[string]string{}
	}
	what, known := p.waits[reason]
	if !known {
		what = p.read(reason)
		p.waits[reason] = what
	}
	return what
}

func (p *place) read(reason string) string {
	method := p.call[strings.LastIndexByte(p.call, '.')+1:]
	switch {
	case strings.Contains(reason, "GC"):
		return "the garbage collector"
	case strings.HasPrefix(p.call, "sync.(*WaitGroup)"), method == "Wait" && strings.Contains(p.call, "roup)"):
		return "all of " + p.named("the group", waitCall)
	case strings.HasPrefix(p.call, "sync.(*Once)"):
		return p.named("what is done once", onceCall) + " to be done"
	case p.locks():
		return "lock " + p.named("without a name", lockCall)
	case method == "Join":
		return p.named("a thread", joinCall) + " to end"
	case method == "Wait" && strings.Contains(p.call, "/kernel-helpers/processes."):
		return p.named("a process", waitCall) + " to end"
	case p.ofHelper(): // whatever it does inside
		return source.FuncName(p.call) + " to return"
	}
	if p.call != "" && reason != "network" && !strings.HasPrefix(p.call, "runtime.") && !strings.HasPrefix(p.call, "sync.") {
		return source.FuncName(p.call) + " to return" // what it waits for inside is its own affair
	}
	switch reason {
	case "chan receive":
		return "a value from " + p.named("a channel", receiving, ranging)
	case "chan send":
		return "a receiver on " + p.named("a channel", sending)
	case "select":
		return "the first of several channels"
	case "sync.(*Cond).Wait":
		return "a signal of " + p.named("a condition", waitCall)
	case "forever":
		return "nothing: it can never go on"
	case "network":
		if p.file && !p.net {
			return "a file or another program"
		}
		return "the network"
	}
	if p.call != "" {
		return source.FuncName(p.call) + " to return"
	}
	return reason
}
