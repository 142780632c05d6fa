package schedule_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/weave"
)

// The programs of testdata are woven and built into one binary, each as a package
// with a function Main. A first line says what judging it must come to.

// program is one of them.
type program struct{ name, want string }

// built is the binary, and the programs in it.
var built string
var programs []program

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "schedule-")
	if err == nil {
		built, programs, err = build(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
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
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		first, _, _ := strings.Cut(string(source), "\n")
		all = append(all, program{name, strings.TrimPrefix(first, "// want: ")})
		woven, err := weave.File(file, source, weave.Schedule)
		if err != nil {
			return "", nil, err
		}
		if err := put("woven/"+name+"/program.go", string(woven.Text)); err != nil {
			return "", nil, err
		}
		fmt.Fprintf(&imports, "\t%s %q\n", name, weave.Schedule+"/woven/"+name)
		fmt.Fprintf(&table, "\t%q: %s.Main,\n", name, name)
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
	cmd := exec.Command(built, "-first", fmt.Sprint(first), "-count", fmt.Sprint(count), name)
	cmd.Env = append(append(os.Environ(), "GORACE=halt_on_error=1 atexit_sleep_ms=0"), env...)
	out, err := cmd.CombinedOutput()
	for line := range bytes.Lines(out) {
		var told struct {
			Seed    *uint64
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
	case bytes.Contains(out, []byte("panic: ")) && err != nil:
		outcomes = append(outcomes, "panic")
	case len(outcomes) == 0:
		t.Fatalf("%s: %v\n%s", name, err, out)
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

func TestPlantedMistakesAreFound(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			outcomes := run(t, p.name, 0, 300)
			last := kind(outcomes[len(outcomes)-1])
			if last != p.want {
				t.Errorf("%s after %d schedules, want %s", last, len(outcomes), p.want)
			}
			if p.want != "passed" {
				t.Logf("found by schedule %d", len(outcomes)-1)
			}
		})
	}
}

func TestASeedReplays(t *testing.T) {
	for _, p := range programs {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			seed := uint64(len(run(t, p.name, 0, 50)) - 1)
			want := run(t, p.name, seed, 1)
			const replays = 20
			for i := range replays {
				if got := run(t, p.name, seed, 1, fmt.Sprint("GOMAXPROCS=", 1+i%4)); !slices.Equal(got, want) {
					t.Errorf("replay %d of seed %d: %v, before: %v", i, seed, got, want)
				}
			}
		})
	}
}
