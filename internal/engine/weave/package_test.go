package weave

import (
	"go/token"
	"strings"
	"testing"
)

func TestPlacesOfSeveralFilesAreNumberedInARow(t *testing.T) {
	const source = "package p\nfunc f(c chan int) {\n\tc <- 1\n}\n"
	first, err := File("a.go", []byte(source), Schedule)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := Parse(token.NewFileSet(), "b.go", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	second := parsed.Weave(len(first.Places), Schedule)
	if len(second.Places) != 1 || second.Places[0] != (Place{"b.go", 3}) || !strings.Contains(string(second.Text), ".Point(2); c <- 1") {
		t.Errorf("%v\n%s", second.Places, second.Text)
	}
}
