package grade_test

import (
	"os"
	"path/filepath"
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
