package weave_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

const choice = `package p

func choose(a, b chan int) int {
	select {
	case v, ok := <-a:
		_ = ok
		return v
	case b <- 1:
	}
	return 0
}
`

// names returns those that a woven file holds, and whether package schedule is
// known by one of them.
func names(t *testing.T, woven []byte) (all map[string]bool, schedule string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", woven, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, woven)
	}
	all = map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			all[id.Name] = true
		}
		return true
	})
	for _, spec := range file.Imports {
		if strings.HasSuffix(spec.Path.Value, `/schedule"`) {
			schedule = spec.Name.Name
		}
	}
	return all, schedule
}

func TestNoNameOfAProgramsIsOneThatIsWovenIn(t *testing.T) {
	plain, err := weave.File("p.go", []byte(choice), weave.Schedule)
	if err != nil {
		t.Fatal(err)
	}
	added, _ := names(t, plain.Text)
	original, _ := names(t, []byte(choice))
	// A program that holds each of these names itself, and reaches for the schedule.
	hostile := choice + "\nfunc reach() {\n"
	for name := range added {
		if !original[name] && token.IsIdentifier(name) {
			hostile += "\t" + name + ".Choose()\n"
		}
	}
	hostile += "}\n"
	again, err := weave.File("p.go", []byte(hostile), weave.Schedule)
	if err != nil {
		t.Fatal(err)
	}
	_, schedule := names(t, again.Text)
	if strings.Contains(hostile, schedule) {
		t.Errorf("the program reaches the schedule as %s:\n%s", schedule, again.Text)
	}
	theirs, _ := names(t, []byte(hostile))
	ours, _ := names(t, again.Text)
	for name := range ours {
		if strings.HasPrefix(name, schedule[:len(schedule)-len("schedule")]) && theirs[name] {
			t.Errorf("%s is the program's own", name)
		}
	}
}
