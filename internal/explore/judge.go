package explore

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/explain"
	"github.com/interleave-lab/interleave/internal/engine/stack"
	"github.com/interleave-lab/interleave/internal/engine/wire"
	"github.com/interleave-lab/interleave/internal/explore/order"
)

// explains returns what tells what was found of the program.
func (p *program) explains() *explain.Program {
	return &explain.Program{
		Package: p.target.ImportPath, Schedule: p.target.Module.Path + "/" + place + "/schedule",
		CPU: cpuLimit, Wall: wallLimit, MemoryMB: memoryMB,
		Line: func(file string, line int) (string, bool) {
			if _, ok := p.files[file]; !ok {
				return "", false
			}
			return p.at(file, line), true
		},
	}
}

// at names a line as a reader finds it: "bank.go:14 (total += n)".
func (p *program) at(file string, line int) string {
	if code := p.code(file, line); code != "" {
		return p.where(file, line) + " (" + code + ")"
	}
	return p.where(file, line)
}

func (p *program) where(file string, line int) string {
	if p.isSnippet(file) {
		return tell(p.snippet.place(line))
	}
	return fmt.Sprintf("%s:%d", p.short(file), line)
}

func (p *program) isSnippet(file string) bool { return p.snippet != nil && file == p.snippet.file }

// short is a file's path, from the package's folder if it is in it.
func (p *program) short(file string) string {
	if path, err := filepath.Rel(p.target.Dir, file); err == nil {
		return path
	}
	return file
}

// code is a line without its indentation and comment.
func (p *program) code(file string, line int) string {
	lines := p.files[file]
	if line < 1 || line > len(lines) {
		return ""
	}
	text, _, _ := strings.Cut(lines[line-1], " //")
	text = strings.TrimSpace(text)
	const longest = 60
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest-1]) + "…"
	}
	return text
}

// verdict judges one process by its end.
func (p *program) verdict(one *ending, s *subject) (explain.Verdict, string) {
	words := p.explains()
	words.Root = s.name
	switch races := one.races(); {
	case races != "":
		verdict, text := words.Race(races)
		if verdict != explain.Race {
			return explain.Race, "Two goroutines touch the same memory at the same time, outside of the files that are explored:\n" + firstReport(races)
		}
		return verdict, text
	case one.event != nil && one.event.Kind == order.Outside:
		return explain.Inconclusive, p.outside(one.event)
	case one.event != nil && one.event.Kind == wire.Unfinished:
		verdict, text := words.Event(one.event)
		return verdict, text + " If it only does very much, give it less to do: a few goroutines and rounds have thousands of orders."
	case one.event != nil:
		return words.Event(one.event)
	case one.stopped != "":
		return explain.Panic, one.stopped.Say(bounds)
	case one.failed:
		return explain.Failed, said(one.stdout)
	case one.expired:
		return explain.Timeout, fmt.Sprintf("It did not end within %v and was stopped.", wallLimit)
	case one.passed && one.status == nil:
		return explain.Passed, ""
	}
	return p.ended(one, s)
}

// ended judges a program that ended before its test did.
func (p *program) ended(one *ending, s *subject) (explain.Verdict, string) {
	if what := unsupported.FindStringSubmatch(one.stderr); what != nil {
		verdict, where := p.explains().Crash(one.stderr, one.status)
		if verdict == explain.Panic {
			if _, at, ok := strings.Cut(where, ", at "); ok {
				where = " (" + strings.TrimSuffix(at, ".") + ")"
			} else {
				where = ""
			}
		}
		if strings.HasPrefix(what[1], "synctest.") {
			return explain.Inconclusive, "It calls synctest.Test" + where + ", in which durations count. Here goroutines are held back for seconds, so it would prove nothing: " +
				"give what has to hold in any order a test function of its own."
		}
		return explain.Inconclusive, fmt.Sprintf("It calls %s%s, which does not work in virtual time: give the code under test a test function of its own.", what[1], where)
	}
	var exit *exec.ExitError
	switch {
	case one.status == nil && s.main && p.snippet == nil:
		return explain.Passed, "" // os.Exit(0)
	case one.status == nil:
		return explain.Failed, "It ended the program (os.Exit) before it had returned."
	case errors.As(one.status, &exit) && exit.Exited() && !crashed.MatchString(one.stderr):
		text := fmt.Sprintf("It ended the program with exit status %d", exit.ExitCode())
		if last := lastLine(one.stderr); last != "" {
			text += ", and said: " + last
		}
		return explain.Failed, text
	}
	return p.explains().Crash(one.stderr, one.status)
}

var (
	unsupported = regexp.MustCompile(`(?m)^panic: (?:testing: )?(t\.\w+|synctest\.\w+) called (?:inside|from within) (?:a )?synctest bubble`)
	callsRun    = regexp.MustCompile(`(?m)^panic: testing: t\.Run called inside synctest bubble`)
	crashed     = regexp.MustCompile(`(?m)^(panic|fatal error): `)
	message     = regexp.MustCompile(`^\s+\S+\.go:\d+: `)
)

// said is what a test told testing, with its lines: the last, which are of the schedule
// that failed, and of what is long, such as a stack, how it begins.
func said(stdout string) string {
	const most, mostLines = 5, 4
	var all [][]string
	open := false
	for line := range strings.Lines(stdout) {
		line = strings.TrimRight(line, "\n")
		switch {
		case message.MatchString(line):
			all = append(all, []string{strings.TrimSpace(line)})
			open = true
		case open && strings.HasPrefix(line, "        "):
			if text := strings.TrimSpace(line); text != "" {
				all[len(all)-1] = append(all[len(all)-1], text)
			}
		default:
			open = false
		}
	}
	if len(all) == 0 {
		return "The test failed without saying why."
	}
	var told []string
	for _, lines := range all[max(0, len(all)-most):] {
		if len(lines) > mostLines {
			lines = append(lines[:mostLines-1:mostLines-1], "…")
		}
		told = append(told, lines...)
	}
	return strings.Join(told, "\n")
}

func lastLine(text string) string {
	text = strings.TrimSpace(text)
	return text[strings.LastIndexByte(text, '\n')+1:]
}

// firstReport cuts the race detector's first report out.
func firstReport(races string) string {
	report, _, _ := strings.Cut(races, "\n==================")
	return report
}

// outside says what real thing was waited for, for which virtual time does not.
func (p *program) outside(event *wire.Event) string {
	words := p.explains()
	var found []string
	for _, g := range stack.Parse(event.Stack) {
		if g.Bubble == "" || g.Durable || g.State == "running" {
			continue
		}
		for i, f := range g.Frames {
			at, ok := words.Line(f.File, f.Line)
			if !ok {
				continue
			}
			if i > 0 && !strings.HasPrefix(g.Frames[i-1].Func, "runtime.") {
				at += ", in " + g.Frames[i-1].Func
			}
			found = append(found, at+" ("+g.State+")")
			break
		}
	}
	if len(found) == 0 { // a library's goroutine waits for it
		for _, end := range words.EventEnds(event) {
			found = append(found, p.at(end.File, end.Line))
		}
	}
	text := "Something real is waited for, for which virtual time does not wait: the network, another process, or a channel that was made before the run began"
	if len(found) > 0 {
		text += ". It is at " + strings.Join(found, "; ")
	}
	return text + ". Nothing is shown by that. Hand a function to the code under test that stands for the real thing."
}
