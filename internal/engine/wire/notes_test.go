package wire

import (
	"maps"
	"os"
	"testing"
)

// notes returns a file of notes, as the engine has it, and as a program does.
func notes(t *testing.T) (*os.File, Notes) {
	t.Helper()
	file, err := CreateNotes(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	n, err := OpenNotes(file.Fd())
	if err != nil {
		t.Fatal(err)
	}
	return file, n
}

func TestSeedsOfTheLastSchedules(t *testing.T) {
	file, notes := notes(t)
	for _, put := range []struct {
		n    int
		seed uint64
	}{{0, 0}, {0, 1}, {2, 0}, {3, 1<<63 + 5}, {mostSeeds, 1}} {
		notes.Seed(put.n, put.seed)
	}
	got, err := ReadSeeds(file, []string{"A", "B", "C", "D", "E"})
	want := map[string]uint64{"A": 1, "C": 0, "D": 1<<63 + 5}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("the seeds are %v, %v; want %v", got, err, want)
	}
}
