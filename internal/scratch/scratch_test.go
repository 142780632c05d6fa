package scratch_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/scratch"
)

// abandoned makes a folder as a process that was killed leaves it.
func abandoned(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(os.TempDir(), name)
	if err := os.MkdirAll(filepath.Join(dir, "run-1"), 0o700); err != nil {
		t.Fatal(err)
	}
	age(t, dir)
	return dir
}

func age(t *testing.T, dir string) {
	t.Helper()
	then := time.Now().Add(-time.Hour)
	if err := os.Chtimes(dir, then, then); err != nil {
		t.Fatal(err)
	}
}

func newFolder(t *testing.T, end func(string)) *scratch.Folder {
	t.Helper()
	f, err := scratch.New("interleave-x-", end)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestTheNextFolderEndsWhatAKilledProcessLeft(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	used := newFolder(t, nil)
	age(t, used.Path)
	another := abandoned(t, "interleave-y-1")
	left := abandoned(t, "interleave-x-1")
	unlocked := abandoned(t, "interleave-x-2") // by one that is about to lock it
	if err := os.Chtimes(unlocked, time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}

	var ended []string
	next := newFolder(t, func(dir string) {
		if _, err := os.Stat(dir); err != nil {
			t.Error("it is ended after its folder:", err)
		}
		ended = append(ended, dir)
	})
	if !slices.Equal(ended, []string{left}) {
		t.Errorf("%q are ended, want %s", ended, left)
	}
	if _, err := os.Stat(left); err == nil {
		t.Errorf("%s is left", left)
	}
	for _, dir := range []string{used.Path, next.Path, another, unlocked} {
		if _, err := os.Stat(dir); err != nil {
			t.Errorf("%s is gone: %v", dir, err)
		}
	}
	for _, f := range []*scratch.Folder{used, next} {
		if err := f.Remove(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(f.Path); err == nil {
			t.Errorf("%s is left", f.Path)
		}
	}
}

func TestASharedFolderIsInUseUntilTheProcessEnds(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	shared := newFolder(t, nil)
	cmd := exec.Command("cat") // until its input ends
	shared.Share(cmd)
	input, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := scratch.Abandon(shared); err != nil {
		t.Fatal(err)
	}
	age(t, shared.Path)

	for _, ended := range []bool{false, true} {
		if ended {
			input.Close()
			if err := cmd.Wait(); err != nil {
				t.Fatal(err)
			}
		}
		next := newFolder(t, nil)
		if _, err := os.Stat(shared.Path); (err != nil) != ended {
			t.Errorf("the process has ended: %v, its folder: %v", ended, err)
		}
		next.Remove()
	}
}
