package source_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/source"
)

func TestFunctionsAreCalledAsTheReaderWould(t *testing.T) {
	for fn, want := range map[string]struct {
		name    string
		literal bool
	}{
		"main.main":                   {"main", false},
		"main.work":                   {"work", false},
		"main.main.func1":             {"main", true},
		"main.main.func1.2":           {"main", true},
		"main.main.gowrap3":           {"main", true},
		"main.main.func1.deferwrap1":  {"main", true},
		"main.main-range1":            {"main", true},
		"main.(*Bank).Pay":            {"Bank.Pay", false},
		"main.Bank.Pay.func2":         {"Bank.Pay", true},
		"main.Map[...]":               {"Map", false},
		"main.Map[...].func1":         {"Map", true},
		"main.functional":             {"functional", false},
		"main.main.func1.2.work.1":    {"work", true},
		"main.main.func2.Bank.Pay.1":  {"Bank.Pay", true},
		"net/http.(*Client).Do":       {"http.Client.Do", false},
		"main.main.main.func1.func3":  {"main", true}, // a literal in a literal that was inlined into main
		"main.main.helper.func4":      {"helper", true},
		"main.main.(*bank).pay.func6": {"bank.pay", true},
		"main.main.main.main.func2.func7.main.main.main.func2.func7.func8.func9": {"main", true},
		"gopkg.in/yaml%2ev3.Marshal": {"yaml%2ev3.Marshal", false},
	} {
		if got := source.FuncName(fn); got != want.name {
			t.Errorf("FuncName(%q) = %q, want %q", fn, got, want.name)
		}
		if got := source.IsLiteral(fn); got != want.literal {
			t.Errorf("IsLiteral(%q) = %v", fn, got)
		}
	}
}

func TestOwners(t *testing.T) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	src := filepath.Join(strings.TrimSpace(string(root)), "src")
	const helpers = "github.com/interleave-lab/interleave/kernel-helpers/"
	for _, c := range []struct {
		fn, file string
		want     source.Owner
	}{
		{"main.work", "/tmp/gonb_1/main.go", source.Reader},
		{"sync.(*Mutex).Lock", src + "/sync/mutex.go", source.Standard},
		{"net/http.Get", src + "/net/http/client.go", source.Standard},
		{"hello/bank.Pay", "/home/me/bank/bank.go", source.Reader},
		{"golang.org/x/sync/errgroup.(*Group).Go.func1", "/home/me/go/pkg/mod/golang.org/x/sync@v0.24.0/errgroup/errgroup.go", source.Library},
		{helpers + "locks.(*Mutex).Lock", "/x/mutex.go", source.Helper},
		{helpers + "internal/events.Thread", "/x/events.go", source.Helper},
		{helpers + "locks_test.TestX.func1", "/x/mutex_test.go", source.Reader},
	} {
		if got := source.OwnerOf(c.fn, c.file); got != c.want {
			t.Errorf("OwnerOf(%q) = %v, want %v", c.fn, got, c.want)
		}
	}
}

// composed is what the kernel makes of a cell with a function and a %% body.
const composed = `package main

import (
	"flag"
	"sync"
)

var mu sync.Mutex

func work() {
	mu.Lock() // one at a time
}

func main() {
	flag.Parse()
	work()

	go work()
}
`

func TestPositionsInAComposedProgram(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("GONB_TMP_DIR", dir)
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte(composed), 0o666); err != nil {
		t.Fatal(err)
	}
	for want, p := range map[string]source.Position{
		"`mu.Lock()` (work)":            source.At("main.work", file, 11),
		"`work()` (line 1 below %%)":    source.At("main.main", file, 16),
		"`go work()` (line 3 below %%)": source.At("main.main.func1", file, 18),
		"main":                          source.At("main.main", file, 0),
		"an unknown line":               {},
	} {
		if got := p.String(); got != want {
			t.Errorf("%+v is told as %q, want %q", p, got, want)
		}
	}
}

func TestPositionsInAnOrdinaryProgram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bank.go")
	if err := os.WriteFile(file, []byte("package bank\n\tmu.Lock()\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got, want := source.At("x/bank.Pay", file, 2).String(), "`mu.Lock()` (bank.go:2)"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := source.At("x/bank.Pay", "/no/such/file.go", 7).String(), "file.go:7"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
