package weave_test

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

var update = flag.Bool("update", false, "write what weaving gives")

func TestWovenText(t *testing.T) {
	source, err := os.ReadFile("testdata/shapes.txt")
	if err != nil {
		t.Fatal(err)
	}
	woven, err := weave.File("shapes.go", source, "schedule")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/shapes.woven.txt"
	if *update {
		if err := os.WriteFile(golden, woven.Text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(woven.Text, want) {
		t.Errorf("woven differently than %s, which go test ./internal/engine/weave -update writes:\n%s", golden, woven.Text)
	}
	lines := bytes.Count(source, []byte("\n"))
	for i, p := range woven.Places {
		switch p.Unit {
		case "shapes.go":
			if p.Line < 1 || p.Line > lines {
				t.Errorf("place %d is in line %d of %d", i+1, p.Line, lines)
			}
		case "other.go":
			if p.Line < 100 {
				t.Errorf("place %d is in line %d of what begins at 100", i+1, p.Line)
			}
		default:
			t.Errorf("place %d is in %q", i+1, p.Unit)
		}
	}
}

func TestSleepOfAnotherClockStays(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		woven  bool
	}{
		"imported":          {`import "time"; func f() { time.Sleep(1) }`, true},
		"renamed":           {`import t "time"; func f() { t.Sleep(1) }`, true},
		"dotted":            {`import . "time"; func f() { Sleep(1) }`, true},
		"as a value":        {`import "time"; var f = time.Sleep`, true},
		"local variable":    {`type clock struct{}; func (clock) Sleep(int) {}; func f() { var time clock; time.Sleep(1) }`, false},
		"parameter":         {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; func f(time c) { time.Sleep(1) }`, false},
		"result":            {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; func f() (time c) { time.Sleep(1); return }`, false},
		"receiver":          {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; func (time c) f() { time.Sleep(1) }`, false},
		"range":             {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; func f() { for _, time := range []c{} { time.Sleep(1) } }`, false},
		"type switch":       {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; func f(x any) { switch time := x.(type) { case c: time.Sleep(1) } }`, false},
		"received":          {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; func f(x chan c) { select { case time := <-x: time.Sleep(1) } }`, false},
		"in a literal":      {`import "time"; type c struct{}; func (c) Sleep(int) {}; var _ time.Time; var _ = func(time c) { time.Sleep(1) }`, false},
		"before it is ours": {`import "time"; type c struct{}; func (c) Sleep(int) {}; func f() { time.Sleep(1); var time c; _ = time }`, true},
		"own function":      {`func Sleep(int) {}; func f() { Sleep(1) }`, false},
		"shadowed dot":      {`import . "time"; var _ Time; func f(Sleep func(int)) { Sleep(1) }`, false},
		"package, not ours": {`import time "example.com/time"; func f() { time.Sleep(1) }`, false},
	} {
		woven, err := weave.File("p.go", []byte("package p; "+c.source), "schedule")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := strings.Contains(string(woven.Text), "schedule.Sleep"); got != c.woven {
			t.Errorf("%s: woven is %v, want %v: %s", name, got, c.woven, woven.Text)
		}
	}
}

func TestStandInsUnderEveryName(t *testing.T) {
	for _, name := range []string{"", ".", "other", "_"} {
		source := "package p; import " + name + ` "sync"`
		woven, err := weave.File("p.go", []byte(source), "schedule")
		if err != nil || !strings.Contains(string(woven.Text), name+` "schedule/sync"`) {
			t.Errorf("%s: %v\n%s", source, err, woven.Text)
		}
	}
}

func TestWhatCannotBeReadIsAnError(t *testing.T) {
	if _, err := weave.File("p.go", []byte("package p; func f() {"), "schedule"); err == nil {
		t.Error("no error")
	}
}
