package explore

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// The archives in testdata are modules, with what exploring them must come to:
//
//	want: NAME VERDICT REGEXP   // of the message
//	left out: NAME
//
// Names are regular expressions, too.
func TestModules(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal("no archives", err)
	}
	for _, file := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			report, err := Explore(t.Context(), Request{Dir: unpack(t, archive), Seeds: 100})
			if err != nil {
				t.Fatal(err)
			}
			expect(t, report, string(archive.Comment))
		})
	}
}

func unpack(t *testing.T, archive *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// expect holds a report against an archive's comment.
func expect(t *testing.T, r *Report, comment string) {
	t.Helper()
	var wanted, out int
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "left out: "); ok {
			out++
			if !slices.ContainsFunc(r.LeftOut, func(o LeftOut) bool { return o.Name == name }) {
				t.Errorf("%s is not left out, but %v", name, r.LeftOut)
			}
			continue
		}
		want, ok := strings.CutPrefix(line, "want: ")
		if !ok {
			continue
		}
		wanted++
		name, want, _ := strings.Cut(want, " ")
		verdict, message, _ := strings.Cut(want, " ")
		i := slices.IndexFunc(r.Results, func(r Result) bool { return regexp.MustCompile("^" + name + "$").MatchString(r.Name) })
		if i < 0 {
			t.Errorf("no result of %s", name)
			continue
		}
		got := &r.Results[i]
		if string(got.Verdict) != verdict || !regexp.MustCompile(message).MatchString(got.Message) {
			t.Errorf("%s, want %s: %s", got.text(), verdict, message)
		}
		switch {
		case verdict == "passed":
			if got.Seed != nil || got.Schedules < 100 && !strings.Contains(comment, "os.Exit") {
				t.Errorf("%s passed under %d schedules, with seed %v", name, got.Schedules, got.Seed)
			}
		case got.Seed == nil || !strings.Contains(got.Replay, fmt.Sprint("--seed ", *got.Seed)):
			t.Errorf("%s has seed %v and replay %q", name, got.Seed, got.Replay)
		case verdict != "inconclusive" && len(got.Steps) == 0:
			t.Errorf("%s was not replayed: %s", name, got.Message)
		}
	}
	if wanted != len(r.Results) || out != len(r.LeftOut) {
		t.Errorf("%d results and %d left out, want %d and %d", len(r.Results), len(r.LeftOut), wanted, out)
	}
}
