package main

import (
	"fmt"
	"strings"
)

// mark begins a part on the page, so that a part that is measured anew takes its
// place.
func mark(name string) string { return "<!-- part: " + name + " -->\n" }

// merge returns the page with the parts that were measured, each in the place of
// what stood there, in the order of all parts. before is the page as it was.
func merge(before, head string, measured map[string]string) string {
	var page strings.Builder
	page.WriteString(strings.TrimSpace(head) + "\n")
	for _, p := range parts {
		text, ok := measured[p.name]
		if !ok {
			text = partOf(before, p.name)
		}
		if text = strings.TrimSpace(text); text != "" {
			fmt.Fprintf(&page, "\n%s\n%s\n", mark(p.name), text)
		}
	}
	return page.String()
}

// partOf is what stands of a part on a page; "" if it is not there.
func partOf(page, name string) string {
	_, rest, ok := strings.Cut(page, mark(name))
	if !ok {
		return ""
	}
	text, _, _ := strings.Cut(rest, "\n<!-- part: ")
	return text
}
