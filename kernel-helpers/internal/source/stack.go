package source

import (
	"strconv"
	"strings"
)

// Stack finds the reader's lines in what runtime/debug.Stack returns or the
// runtime prints when a program crashes, innermost first. Of several goroutines
// it takes the first that runs the reader's code.
func Stack(text string) []Position {
	for goroutine := range strings.SplitSeq(text, "\n\n") {
		if places := ofReader(goroutine); len(places) > 0 {
			return places
		}
	}
	return nil
}

// ofReader reads one goroutine's stack: for each call a line, and behind a tab
// its file and line.
func ofReader(goroutine string) (places []Position) {
	var fn string
	for line := range strings.Lines(goroutine) {
		line = strings.TrimSuffix(line, "\n")
		place, ok := strings.CutPrefix(line, "\t")
		if !ok {
			fn = calledFunc(line)
			continue
		}
		place, _, _ = strings.Cut(place, " +0x")
		file, number, _ := cutLast(place, ":")
		if n, err := strconv.Atoi(number); err == nil && OwnerOf(fn, file) == Reader {
			places = append(places, At(fn, file, n))
		}
	}
	return places
}

// calledFunc takes the function out of "main.work(0x1, …)" or of "created by
// main.work in goroutine 1".
func calledFunc(line string) string {
	if creator, ok := strings.CutPrefix(line, "created by "); ok {
		creator, _, _ = strings.Cut(creator, " in goroutine ")
		return creator
	}
	fn, _, _ := cutLast(line, "(")
	return fn
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
