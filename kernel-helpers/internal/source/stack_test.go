package source_test

import (
	"runtime/debug"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

func TestStack(t *testing.T) {
	var lines []string
	func() {
		for _, place := range source.Stack(string(debug.Stack())) {
			lines = append(lines, place.String())
		}
	}()
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "`for _, place := range source.Stack(") || !strings.HasPrefix(lines[1], "`}()`") {
		t.Errorf("%q", lines)
	}
}

func TestStackOfTheGoroutineThatRunsTheReadersCode(t *testing.T) {
	const text = `goroutine 1 [chan receive]:
runtime.gopark(0x1)
	/usr/local/go/src/runtime/proc.go:462 +0xce

goroutine 18 [chan receive, 2 minutes]:
main.(*Bank).Pay(0x1?, {0x2, 0x3})
	/home/reader/bank.go:12 +0x13a
created by main.main in goroutine 1
	/home/reader/main.go:7 +0x2c
`
	places := source.Stack(text)
	if len(places) != 2 || places[0].Func != "Bank.Pay" || places[0].Line != 12 || places[1].Func != "main" || places[1].File != "/home/reader/main.go" {
		t.Errorf("%+v", places)
	}
}
