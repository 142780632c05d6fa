package progress_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/progress"
)

func TestWhatIsRemembered(t *testing.T) {
	b := &progress.Book{Dir: filepath.Join(t.TempDir(), "not there yet")}
	if e, err := b.Of("adder"); err != nil || e != (progress.Entry{}) {
		t.Errorf("of an exercise that nobody began: %+v, %v", e, err)
	}
	if err := b.Set("adder", progress.Entry{Hints: 2}); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	if err := b.Judged("adder", "passed", true, 5, 5, at); err != nil {
		t.Fatal(err)
	}
	if err := b.Judged("adder", "race", false, 2.5, 5, at); err != nil {
		t.Fatal(err)
	}
	e, err := b.Of("adder")
	if want := (progress.Entry{Hints: 2, Verdict: "race", Points: 2.5, MaxPoints: 5, Judged: at, Done: true}); err != nil || e != want {
		t.Errorf("got %+v, %v; want %+v", e, err, want)
	}
	if left, err := os.ReadDir(b.Dir); err != nil || len(left) != 1 {
		t.Errorf("%v, %v", left, err)
	}
}

func TestADamagedNoteSaysWhatToDo(t *testing.T) {
	b := &progress.Book{Dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(b.Dir, "adder.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Of("adder"); err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Error(err)
	}
}

func TestTheBookIsTheUsers(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", "")
	b, err := progress.Open()
	if err != nil || !strings.HasPrefix(b.Dir, home) {
		t.Errorf("%+v, %v", b, err)
	}
}
