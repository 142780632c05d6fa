// Package stack reads the goroutine dumps that Go's runtime and race detector
// print.
package stack

import (
	"strconv"
	"strings"
)

// Goroutine is one goroutine of a dump.
type Goroutine struct {
	ID      int
	State   string  // "chan receive", "sync.Mutex.Lock", "running", …
	Bubble  string  // "1" of "synctest bubble 1"; "" outside of virtual time
	Durable bool    // virtual time goes on while it waits
	Frames  []Frame // the innermost first
	Created *Frame  // the go statement; nil for the first goroutine
}

// Frame is one call.
type Frame struct {
	Func string // with its package's path
	File string
	Line int
}

// Parse returns the goroutines of a dump in its order. Text around and between
// them is passed over.
func Parse(dump string) []Goroutine {
	var found []Goroutine
	var current *Goroutine
	call, created := "", false
	for line := range strings.SplitSeq(dump, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if id, state, ok := header(line); ok {
			found = append(found, Goroutine{ID: id})
			current = &found[len(found)-1]
			current.describe(state)
			call = ""
			continue
		}
		file, number, isPosition := position(line)
		switch {
		case current == nil:
		case line == "":
			current = nil
		case call != "" && isPosition:
			frame := Frame{Func: call, File: file, Line: number}
			if created {
				current.Created = &frame
			} else {
				current.Frames = append(current.Frames, frame)
			}
			call = ""
		default:
			call, created = strings.CutPrefix(line, "created by ")
			if created {
				call, _, _ = strings.Cut(call, " in goroutine ")
			} else {
				call = function(call)
			}
		}
	}
	return found
}

// header reads the line that a goroutine begins with, "goroutine 7 [chan receive]:", and
// may have "gp=0xc000 m=nil" in the midst. Dumps are read while programs run, under the
// race detector, where a regular expression would take most of the time.
func header(line string) (id int, state string, ok bool) {
	rest, ok := strings.CutPrefix(line, "goroutine ")
	if !ok {
		return 0, "", false
	}
	rest, ends := strings.CutSuffix(rest, "]:")
	words, state, begins := strings.Cut(rest, " [")
	number, details, _ := strings.Cut(words, " ")
	n, err := strconv.ParseUint(number, 10, 31)
	for detail := range strings.FieldsSeq(details) {
		begins = begins && strings.Contains(detail, "=")
	}
	return int(n), state, ends && begins && err == nil && !strings.Contains(state, "]")
}

// position reads "\t/a/b.go:7 +0x1d". The file is empty for a loop whose body the
// compiler gave no line of its own.
func position(line string) (file string, number int, ok bool) {
	rest := strings.TrimLeft(line, " \t")
	if rest == line {
		return "", 0, false
	}
	if i := strings.LastIndex(rest, " +0x"); i >= 0 {
		rest = rest[:i]
	}
	i := strings.LastIndexByte(rest, ':')
	if i < 0 {
		return "", 0, false
	}
	number, err := strconv.Atoi(rest[i+1:])
	return rest[:i], number, err == nil
}

// describe reads "chan receive (durable), 2 minutes, synctest bubble 1".
func (g *Goroutine) describe(text string) {
	parts := strings.Split(text, ", ")
	g.State, g.Durable = strings.CutSuffix(parts[0], " (durable)")
	for _, part := range parts[1:] {
		if number, ok := strings.CutPrefix(part, "synctest bubble "); ok {
			g.Bubble = number
		}
	}
}

// function drops the arguments of a call: "a/b.(*T).M(0x1, …)" is "a/b.(*T).M".
func function(call string) string {
	if i := strings.LastIndexByte(call, '('); i > 0 && strings.HasSuffix(call, ")") {
		return call[:i]
	}
	return call
}

// Blocked reports whether the goroutine waits for another goroutine, so that
// nothing outside of the program can wake it. In virtual time a sleep counts:
// it would be over at once if the others could go on.
func (g *Goroutine) Blocked() bool {
	switch state := strings.TrimSuffix(g.State, " (scan)"); state {
	case "chan receive", "chan send", "chan receive (nil chan)", "chan send (nil chan)",
		"select", "select (no cases)", "semacquire", "synctest.Run", "synctest.Wait":
		return true
	case "sleep":
		return g.Bubble != ""
	default:
		return strings.HasPrefix(state, "sync.")
	}
}

// Within returns the innermost call whose function belongs to the package with
// this import path, and whether there is one.
func (g *Goroutine) Within(importPath string) (Frame, bool) {
	for _, f := range g.Frames {
		if strings.HasPrefix(f.Func, importPath+".") {
			return f, true
		}
	}
	return Frame{}, false
}
