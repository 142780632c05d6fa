package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/report"
)

// A grading run that is killed, whenever that is, goes on where it was: nothing that
// was judged is lost or judged again, and the results are those of a run that nobody
// disturbed.
func TestGradingGoesOnAfterAKill(t *testing.T) {
	handed, out := t.TempDir(), t.TempDir()
	const answers = 12
	solution, err := os.ReadFile("../../solutions/page-downloader/solution.go")
	if err != nil {
		t.Fatal(err)
	}
	for i := range answers {
		text := strings.Replace(string(solution), "pages := ", fmt.Sprintf("const mine = %d\n\tpages := ", i), 1)
		if i%3 == 1 { // and does not wait for all
			text = strings.Replace(text, "fetches.Wait()", "", 1)
		}
		folder := filepath.Join(handed, fmt.Sprint("student-", i))
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "page-downloader.go"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	journal := filepath.Join(out, "results.journal")
	var before []byte // whole lines of the journal
	for kills := 0; kills < 4; kills++ {
		grading := interleave(t, "grade", "--out", out, handed)
		grading.Env = append(os.Environ(), "TMPDIR="+t.TempDir())
		var said bytes.Buffer
		grading.Stderr = &said
		if err := grading.Start(); err != nil {
			t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() { over <- grading.Wait() }()
		moment := time.NewTimer(time.Duration(rand.IntN(3000)) * time.Millisecond)
		select {
		case err := <-over: // before it could be killed
			if err != nil {
				t.Fatalf("%v\n%s", err, &said)
			}
		case <-moment.C:
			grading.Process.Kill()
			<-over
		}
		after := wholeLines(t, journal)
		if !bytes.HasPrefix(after, before) {
			t.Fatalf("what was judged before is lost:\n%s\nwas\n%s", after, before)
		}
		before = after
	}
	// What a kill may cut short, too.
	f, err := os.OpenFile(journal, os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprint(f, `{"key": "half of`)
	f.Close()

	resumed := graded(t, out, handed)
	lines := wholeLines(t, journal)
	if !bytes.HasPrefix(lines, before) {
		t.Error("the last run has lost what was judged before")
	}
	keys := map[string]bool{}
	for text := range bytes.Lines(lines) {
		var l struct{ Key string }
		if err := json.Unmarshal(text, &l); err != nil {
			t.Errorf("%v in %s", err, text)
		}
		if keys[l.Key] {
			t.Errorf("judged twice: %s", text)
		}
		keys[l.Key] = true
	}
	if len(keys) != answers {
		t.Errorf("the journal has %d rows of %d answers", len(keys), answers)
	}
	if again := graded(t, out, handed); again != resumed || !bytes.Equal(wholeLines(t, journal), lines) {
		t.Error("a run with nothing to do does something")
	}
	if fresh := graded(t, out, handed, "--fresh"); fresh != resumed {
		t.Errorf("after kills:\n%s\nundisturbed:\n%s", resumed, fresh)
	}
	if bytes.HasPrefix(wholeLines(t, journal), lines) {
		t.Error("--fresh judges nothing anew")
	}
}

// graded runs interleave grade to its end and returns its results, without times.
func graded(t *testing.T, out, handed string, more ...string) string {
	t.Helper()
	grading := interleave(t, append([]string{"grade", "--out", out, handed}, more...)...)
	if text, err := grading.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	text, err := os.ReadFile(filepath.Join(out, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var results struct{ Results []report.Row }
	if err := json.Unmarshal(text, &results); err != nil {
		t.Fatal(err)
	}
	told := ""
	for _, row := range results.Results {
		told += fmt.Sprintln(row.Submission, row.Exercise, row.Verdict, row.Points, row.MaxPoints)
		for _, c := range row.Report.Checks {
			told += fmt.Sprintln(" ", c.Name, c.Verdict)
		}
	}
	return told
}

func wholeLines(t *testing.T, file string) []byte {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return text[:bytes.LastIndexByte(text, '\n')+1]
}
