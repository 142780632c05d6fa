package weave_test

import (
	"bytes"
	"go/parser"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// Selects that end where no line does.
func TestSelectsInOneLine(t *testing.T) {
	for _, body := range []string{
		"select {}", "select { default: }", "select { default: n++ }", "select { case <-c: default: n++ }",
		"select { case n = <-c: n++; default: }", "select { case c <- n: n++ }", "for { select { case v, ok := <-c: _, _ = v, ok; return } }",
	} {
		woven, err := weave.File("one.go", []byte("package p; func f(c chan int, n int) { "+body+" }"), weave.Schedule)
		if err == nil {
			_, err = parser.ParseFile(token.NewFileSet(), "one.go", woven.Text, parser.SkipObjectResolution)
		}
		if err != nil {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// What is handed in need not be laid out as gofmt does: here a whole file is one line.
func TestCodeInOneLineIsWoven(t *testing.T) {
	var files []string
	for _, pattern := range []string{
		"testdata/shapes.txt", "../schedule/testdata/*.go",
		filepath.Join(runtime.GOROOT(), "src/net/http/*.go"), filepath.Join(runtime.GOROOT(), "src/database/sql/*.go"),
		filepath.Join(runtime.GOROOT(), "src/context/*.go"), filepath.Join(runtime.GOROOT(), "src/os/exec/*.go"),
	} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatalf("%s: %v, %v", pattern, found, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") || bytes.Contains(source, []byte(`import "C"`)) {
			continue
		}
		line := oneLine(source)
		if _, err := parser.ParseFile(token.NewFileSet(), file, line, parser.SkipObjectResolution); err != nil {
			t.Fatalf("%s in one line: %v", file, err)
		}
		woven, err := weave.File(file, line, weave.Schedule)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		if _, err := parser.ParseFile(token.NewFileSet(), file, woven.Text, parser.SkipObjectResolution); err != nil {
			t.Errorf("woven, it does not parse: %v", err)
		}
	}
}

// oneLine is Go source with a semicolon where the end of a line stands for one, but for
// the last in a block, which needs none, and without comments. A string may still hold an
// end of line.
func oneLine(source []byte) []byte {
	fset := token.NewFileSet()
	var s scanner.Scanner
	s.Init(fset.AddFile("", -1, len(source)), source, nil, 0)
	var b bytes.Buffer
	ends := false // a statement or a declaration does
	for {
		_, tok, text := s.Scan()
		if ends && tok != token.RBRACE && tok != token.RPAREN {
			b.WriteString("; ")
		}
		if ends = tok == token.SEMICOLON; ends {
			continue
		}
		if text == "" {
			text = tok.String()
		}
		if tok == token.EOF {
			return b.Bytes()
		}
		b.WriteString(text + " ")
	}
}
