package grade

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/report"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

func openJournal(t *testing.T, path string, fresh bool) *Journal {
	t.Helper()
	j, err := OpenJournal(path, fresh)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func TestARowIsKnownByAllThatItDependsOn(t *testing.T) {
	j := openJournal(t, filepath.Join(t.TempDir(), "journal"), false)
	in := func(tier sandbox.Tier, name, source, version string) string {
		return j.key(version, tier, &task{
			submission: Submission{Name: name}, exercise: &exercise.Exercise{Slug: "adder"}, program: &exercise.Program{Source: []byte(source)},
		})
	}
	at := func(name, source, version string) string { return in(sandbox.Landlock, name, source, version) }
	keys := map[string]string{}
	for what, key := range map[string]string{
		"a row": at("ann", "package a", "1"), "another's": at("bob", "package a", "1"),
		"another answer": at("ann", "package b", "1"), "judged by another": at("ann", "package a", "2"),
		"in another sandbox": in(sandbox.None, "ann", "package a", "1"),
	} {
		if other, ok := keys[key]; ok {
			t.Errorf("%s is taken for %s", what, other)
		}
		keys[key] = what
	}
	if at("ann", "package a", "1") != at("ann", "package a", "1") {
		t.Error("the same is not known again")
	}
}

func TestAJournalKeepsWhatWasJudged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal")
	j := openJournal(t, path, false)
	for key, verdict := range map[string]engine.Verdict{"1": engine.Passed, "2": engine.GraderFault} {
		if err := j.add(key, report.Row{Submission: key, Verdict: verdict}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := OpenJournal(path, false); err == nil || !strings.Contains(err.Error(), "--out") {
		t.Errorf("two runs write one journal: %v", err)
	}
	j.Close()
	cut, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	cut.WriteString(`{"key":"3","row":{"sub`)
	cut.Close()

	j = openJournal(t, path, false)
	if row, ok := j.find("1"); !ok || row.Verdict != engine.Passed {
		t.Errorf("what was judged is %v, %v", row, ok)
	}
	if _, ok := j.find("2"); ok {
		t.Error("a fault of the judge's is kept")
	}
	if err := j.add("3", report.Row{Submission: "3"}); err != nil {
		t.Fatal(err)
	}
	j.Close()
	j = openJournal(t, path, false)
	if _, ok := j.find("3"); !ok || len(j.rows) != 2 {
		t.Errorf("behind a line that was cut short: %v", j.rows)
	}
	j.Close()
	if j = openJournal(t, path, true); len(j.rows) != 0 {
		t.Errorf("begun anew, it has %v", j.rows)
	}
}
