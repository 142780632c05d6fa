package schedule_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// The files of testdata are woven and built into one binary, each as a package. A
// program is a function whose comment says what judging it must come to.

// program is one of them.
type program struct{ name, want string } // name: package.Function

// collection is the binary, and the programs in it.
type collection struct {
	binary   string
	programs []program
}

// folder is where it is built, once.
var folder string

var built = sync.OnceValues(func() (*collection, error) {
	binary, all, err := build(folder)
	return &collection{binary, all}, err
})

func all(t *testing.T) *collection {
	t.Helper()
	c, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestMain(m *testing.M) {
	var err error
	folder, err = os.MkdirTemp("", "schedule-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(folder)
	os.Exit(code)
}

// build weaves the programs into an overlay of this module and builds it.
func build(dir string) (binary string, all []program, err error) {
	files, err := filepath.Glob("testdata/*.go")
	if err != nil {
		return "", nil, err
	}
	here, err := os.Getwd()
	if err != nil {
		return "", nil, err
	}
	replace := map[string]string{}
	put := func(path, text string) error {
		file := filepath.Join(dir, fmt.Sprint(len(replace), ".go"))
		replace[filepath.Join(here, path)] = file
		return os.WriteFile(file, []byte(text), 0o600)
	}
	var imports, table strings.Builder
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return "", nil, err
		}
		pkg := strings.TrimSuffix(filepath.Base(file), ".go")
		own, err := programsIn(pkg, source)
		if err != nil {
			return "", nil, err
		}
		woven, err := weave.File(file, source, weave.Schedule)
		if err != nil {
			return "", nil, err
		}
		if err := put("woven/"+pkg+"/programs.go", string(woven.Text)); err != nil {
			return "", nil, err
		}
		fmt.Fprintf(&imports, "\t%q\n", weave.Schedule+"/woven/"+pkg)
		for _, p := range own {
			fmt.Fprintf(&table, "\t%q: %[1]s,\n", p.name)
		}
		all = append(all, own...)
	}
	if err := put("woven/check/check.go", unwoven); err != nil {
		return "", nil, err
	}
	main := fmt.Sprintf(mainSource, imports.String(), table.String())
	if err := put("woven/main.go", main); err != nil {
		return "", nil, err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", nil, err
	}
	overlayFile := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
		return "", nil, err
	}
	binary = filepath.Join(dir, "programs")
	cmd := exec.Command("go", "build", "-race", "-overlay", overlayFile, "-o", binary, "./woven")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("%w\n%s", err, out)
	}
	return binary, all, nil
}

// programsIn finds the functions of a file with a comment "want: …".
func programsIn(pkg string, source []byte) (all []program, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), pkg+".go", source, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !f.Name.IsExported() || f.Recv != nil {
			continue
		}
		_, want, ok := strings.Cut(f.Doc.Text(), "want: ")
		if !ok {
			return nil, fmt.Errorf("%s.%s does not say what it must come to", pkg, f.Name)
		}
		all = append(all, program{pkg + "." + f.Name.Name, strings.TrimSpace(want)})
	}
	return all, nil
}

// unwoven is what a check may do, of which nothing is woven.
const unwoven = `// Package check is not woven.
package check

import "sync"

// Together calls f for each of n numbers, in goroutines of their own.
func Together(n int, f func(i int)) {
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { f(i) })
	}
	group.Wait()
}
`

const mainSource = `package main

import (
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/schedule"
%s)

var programs = map[string]func(){
%s}

func main() {
	first, count := flag.Uint64("first", 0, ""), flag.Uint64("count", 1, "")
	testing.Init()
	flag.Parse()
	say := json.NewEncoder(os.Stderr)
	plan := schedule.Plan{First: *first, Count: *count,
		Begins: func(seed uint64) { say.Encode(map[string]any{"seed": seed}) },
		Ends: func(o schedule.Outcome) { if os.Getenv("DUMP") != "" && o.Dump != "" { println(o.Dump) }; o.Dump = ""; say.Encode(map[string]any{"outcome": o}) },
	}
	testing.Main(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{
		{Name: "X", F: func(t *testing.T) { plan.Each(t, func(*testing.T) { programs[flag.Arg(0)]() }) }},
	}, nil, nil)
}
`

// run runs a program under some schedules and returns what was told of each: how it
// ended and its steps. A process that ended early ended in the last.
func run(t *testing.T, name string, first, count uint64, env ...string) (outcomes []string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), all(t).binary, "-first", fmt.Sprint(first), "-count", fmt.Sprint(count), name)
	cmd.Env = append(append(os.Environ(), "GORACE=halt_on_error=1 atexit_sleep_ms=0"), env...)
	out, err := cmd.CombinedOutput()
	for line := range bytes.Lines(out) {
		var told struct {
			Outcome *struct {
				Kind  string
				Steps int
			}
		}
		if json.Unmarshal(line, &told) != nil || told.Outcome == nil {
			continue
		}
		outcomes = append(outcomes, fmt.Sprint(told.Outcome.Kind, " ", told.Outcome.Steps))
	}
	switch {
	case bytes.Contains(out, []byte("WARNING: DATA RACE")):
		outcomes = append(outcomes, "race")
	case err != nil && bytes.Contains(out, []byte("locks: deadlock: ")): // which package locks finds itself
		outcomes = append(outcomes, "deadlock")
	case err != nil && (bytes.Contains(out, []byte("panic: ")) || bytes.Contains(out, []byte("fatal error: "))):
		outcomes = append(outcomes, "panic")
	case len(outcomes) == 0:
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	if last := outcomes[len(outcomes)-1]; os.Getenv("SHOW") != "" && kind(last) != "passed" {
		t.Logf("%s", out)
	}
	return outcomes
}

// kind is how a run ended.
func kind(outcome string) string {
	if word, _, _ := strings.Cut(outcome, " "); word != "" {
		return word
	}
	return "passed"
}

// schedules is under how many a mistake must be found, as many as a check has.
const schedules = 200

func TestMistakesAreFoundAndCorrectProgramsPass(t *testing.T) {
	byFile := map[string][]string{}
	mistakes, soon, correct := 0, 0, 0
	for _, p := range all(t).programs {
		if tellsItsOrder(p) {
			continue
		}
		outcomes := run(t, p.name, 0, schedules)
		last := kind(outcomes[len(outcomes)-1])
		file, name, _ := strings.Cut(p.name, ".")
		if last != p.want {
			t.Errorf("%s: %s after %d schedules, want %s", p.name, last, len(outcomes), p.want)
		}
		if p.want == "passed" {
			byFile[file] = append(byFile[file], name)
			correct++
			continue
		}
		byFile[file] = append(byFile[file], fmt.Sprintf("%s %d", name, len(outcomes)-1))
		mistakes++
		if len(outcomes) <= 10 {
			soon++
		}
	}
	for file, found := range byFile {
		t.Logf("%s: %s", file, strings.Join(found, ", "))
	}
	t.Logf("%d mistakes, %d of them found within ten schedules; %d correct programs", mistakes, soon, correct)
	if soon < mistakes*9/10 {
		t.Error("fewer than nine in ten")
	}
}

// TestASeedReplays replays on other numbers of processors, beside two loops that never
// rest: nothing of that may make a difference.
func TestASeedReplays(t *testing.T) {
	for range 2 {
		ctx, stop := context.WithCancel(context.Background())
		loop := exec.CommandContext(ctx, "sh", "-c", "while :; do :; done")
		if err := loop.Start(); err != nil {
			t.Fatal(err)
		}
		defer loop.Wait()
		defer stop()
	}
	const each = 2
	replays, differ := 0, 0
	for _, p := range all(t).programs {
		if tellsItsOrder(p) {
			continue
		}
		outcomes := run(t, p.name, 0, 10)
		seed := uint64(len(outcomes) - 1)
		want := outcomes[seed:]
		for i := range each {
			replays++
			if got := run(t, p.name, seed, 1, fmt.Sprint("GOMAXPROCS=", 1+3*i)); !slices.Equal(got, want) {
				differ++
				t.Logf("replay %d of %s, seed %d: %v, before: %v", i, p.name, seed, got, want)
			}
		}
	}
	t.Logf("%d of %d replays differ", differ, replays)
	if differ*100 > replays {
		t.Error("more than one in a hundred")
	}
}
