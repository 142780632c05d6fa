package grade_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/interleave-lab/interleave/internal/grade"
)

func TestFindGoesIntoAFolderThatIsALink(t *testing.T) {
	dir := t.TempDir()
	folder, link := filepath.Join(dir, "submitted"), filepath.Join(dir, "link")
	if err := os.MkdirAll(filepath.Join(folder, "ann"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "ann", "day.ipynb"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(folder, link); err != nil {
		t.Fatal(err)
	}
	found, err := grade.Find([]string{link})
	if err != nil {
		t.Fatal(err)
	}
	want := grade.Submission{Name: "ann/day.ipynb", Path: filepath.Join(link, "ann", "day.ipynb")}
	if len(found) != 1 || found[0] != want {
		t.Errorf("found %v, want %v", found, want)
	}
}

// Whoever hands in a folder under a notebook's name gets a row, and a folder that cannot
// be read does not end the grading.
func TestFindPassesOverNobody(t *testing.T) {
	dir := t.TempDir()
	for _, folder := range []string{"ann/day.ipynb/within", "bob/day.ipynb", "cyd/.git/x.go", "dan"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "ann/day.ipynb/within/day.ipynb"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want := []string{"ann/day.ipynb/within/day.ipynb", "bob/day.ipynb"}
	if os.Getuid() != 0 { // who may read all
		if err := os.Chmod(filepath.Join(dir, "dan"), 0); err != nil {
			t.Fatal(err)
		}
		want = append(want, "dan")
	}
	found, err := grade.Find([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range found {
		names = append(names, s.Name)
	}
	if !slices.Equal(names, want) {
		t.Errorf("found %q, want %q", names, want)
	}
}
