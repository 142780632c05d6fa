package weave

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strconv"
	"strings"
)

// oneLine returns Go text without its line breaks and, if it had some, comments.
func oneLine(text []byte) string {
	if !bytes.ContainsRune(text, '\n') {
		return string(text)
	}
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(text)), text, nil, 0)
	var words []string
	for {
		_, tok, literal := s.Scan()
		switch {
		case tok == token.EOF:
			// The end of the text counts as the end of a line.
			if n := len(words); n > 0 && words[n-1] == ";" {
				words = words[:n-1]
			}
			return strings.Join(words, " ")
		case tok == token.STRING && literal[0] == '`':
			value, _ := strconv.Unquote(literal) // the scanner has seen that it is well formed
			words = append(words, strconv.Quote(value))
		case tok.IsLiteral():
			words = append(words, literal)
		default:
			words = append(words, tok.String())
		}
	}
}
