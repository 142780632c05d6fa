package exercise

import (
	"bytes"
	"strings"
)

// misnamed says what a file is that is neither a notebook nor Go source whatever
// its name says, as the end of a sentence; "" when it may be one.
func misnamed(data []byte) string {
	if what := zeros(data[:min(len(data), 512)]); what != "" {
		return what
	}
	start := bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 512)], []byte("\ufeff")))
	for _, kind := range []struct{ start, says string }{
		{"%pdf-", "is a PDF under another name: hand in the notebook itself (File > Download), not a print of it"},
		{"<!doctype html", "is a web page, most often the log-in or error page of a download: download the notebook again and look at it before you hand it in"},
		{"<html", "is a web page, most often the log-in or error page of a download: download the notebook again and look at it before you hand it in"},
		{"<?xml", "is an XML document: hand in the notebook itself (File > Download)"},
		{"\x1f\x8b", "is packed with gzip: hand in a notebook, a .go file or a .zip"},
		{"rar!", "is a RAR archive: hand in a notebook, a .go file or a .zip"},
		{"7z\xbc\xaf", "is a 7z archive: hand in a notebook, a .go file or a .zip"},
		{"\x89png", "is a picture: hand in the notebook itself (File > Download)"},
		{"\xff\xd8\xff", "is a picture: hand in the notebook itself (File > Download)"},
		{"{\\rtf", "is a rich text document: save it as plain text"},
		{"http://", "is a link and no notebook: hand in what it leads to (File > Download)"},
		{"https://", "is a link and no notebook: hand in what it leads to (File > Download)"},
		{"\x7felf", "is a compiled program: hand in its source"},
		{"\xff\xfe", "is UTF-16 text: save it as UTF-8 and hand it in again"},
		{"\xfe\xff", "is UTF-16 text: save it as UTF-8 and hand it in again"},
	} {
		if n := len(kind.start); len(start) >= n && strings.EqualFold(string(start[:n]), kind.start) {
			return kind.says
		}
	}
	return ""
}

// zeros says what a file is of which all bytes, or about every other one, are zero.
func zeros(start []byte) string {
	n := bytes.Count(start, []byte{0})
	switch {
	case n > 0 && n == len(start):
		return "holds nothing but zero bytes, as after a crash or on a full disk: save it again and hand it in again"
	case n > 4 && n >= len(start)*2/5:
		return "is UTF-16 text: save it as UTF-8 and hand it in again"
	}
	return ""
}
