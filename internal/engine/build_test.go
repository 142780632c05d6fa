package engine

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// Where Go's compiler cannot be called directly, go build judges the same, and the
// report says why it took longer.
func TestGoBuildTakesOver(t *testing.T) {
	e, err := New("../..")
	if err != nil {
		t.Fatal(err)
	}
	e.broken = errors.New("the compiler is not where go says")
	ex, err := exercise.Load(e.root, "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	stub, err := os.ReadFile(ex.StubPath())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		source  string
		verdict Verdict
		says    string
	}{
		"the stub":         {string(stub), Failed, "not written yet"},
		"does not compile": {strings.Replace(string(stub), "panic(", "return 1 // ", 1), CompileError, "return 1"},
	} {
		p, err := ex.FromFile("answer.go", []byte(c.source))
		if err != nil {
			t.Fatal(err)
		}
		r := e.Judge(t.Context(), ex, p, All)
		if r.Verdict != c.verdict || !strings.Contains(r.Message, c.says) {
			t.Errorf("%s: %s, %s; want %s and %q in it", name, r.Verdict, r.Message, c.verdict, c.says)
		}
		if notes := strings.Join(r.Notes, " "); !strings.Contains(notes, "not where go says") {
			t.Errorf("%s: nothing says why it took longer: %q", name, notes)
		}
	}
}
