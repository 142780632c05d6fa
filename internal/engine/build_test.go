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
	e, ex := pageDownloader(t)
	e.broken = errors.New("the compiler is not where go says")
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

// Answers that differ within functions share the archive of the checks; what needs more
// of an answer than its header is compiled against the answer itself.
func TestChecksAreCompiledOnceForAnswersAlike(t *testing.T) {
	e, ex := pageDownloader(t)
	text, err := os.ReadFile(ex.StubPath())
	if err != nil {
		t.Fatal(err)
	}
	stub := string(text)
	checks := func(source string) string {
		t.Helper()
		p, err := ex.FromFile("answer.go", []byte(source))
		if err != nil {
			t.Fatal(err)
		}
		j := e.begin(ex, p, Public, t.TempDir())
		if err := j.build(t.Context()); err != nil {
			t.Fatal(err)
		}
		return j.archives[1].File
	}
	first := checks(stub)
	for name, c := range map[string]struct {
		old, new string
		same     bool
	}{
		"another body":                     {"panic(", "_ = len(urls)\n\tpanic(", true},
		"a function of its own":            {"func DownloadAll", "func help() {}\n\nfunc DownloadAll", true},
		"a field":                          {"type Page struct {", "type Page struct {\n\tSize int", false},
		"a type that a header cannot hold": {"func DownloadAll", "var three [3]int\n\nfunc (Page) Same([len(three)]int) {}\n\nfunc DownloadAll", false},
	} {
		if !strings.Contains(stub, c.old) {
			t.Fatalf("%s: the stub has no %q", name, c.old)
		}
		if file := checks(strings.Replace(stub, c.old, c.new, 1)); (file == first) != c.same {
			t.Errorf("%s: the checks are in %s, those of the stub in %s; the same: want %v", name, file, first, c.same)
		}
	}
}

// Checks that were compiled against a header have an answer's variables initialised, and
// what is damaged of what is kept is made anew.
func TestWhatIsKeptServesEachAnswer(t *testing.T) {
	e, ex := pageDownloader(t)
	solution, err := ex.Solution.Source()
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(solution), "pages := ", "calls[\"DownloadAll\"]++\n\tpages := ", 1) +
		"\nfunc (Page) only() {} // so that no other answer has the header\n\nvar calls = map[string]int{\"none\": 0}\n"
	p, err := ex.FromFile("answer.go", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if r := e.Judge(t.Context(), ex, p, Public); r.Verdict != Passed || len(r.Notes) > 0 {
		t.Fatalf("%s: %s %q", r.Verdict, r.Message, r.Notes)
	}
	j := e.begin(ex, p, Public, t.TempDir())
	if err := j.build(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(j.archives[1].File, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, notes := range []int{1, 0} { // go build takes over, once
		if r := e.Judge(t.Context(), ex, p, Public); r.Verdict != Passed || len(r.Notes) != notes {
			t.Errorf("%s: %s %q; want %d notes", r.Verdict, r.Message, r.Notes, notes)
		}
	}
}

// pageDownloader returns an exercise with a public and a hidden check, and an engine of
// its own to judge answers to it.
func pageDownloader(t *testing.T) (*Engine, *exercise.Exercise) {
	t.Helper()
	e, err := New("../..")
	if err != nil {
		t.Fatal(err)
	}
	ex, err := exercise.Load(e.root, "", "page-downloader")
	if err != nil {
		t.Fatal(err)
	}
	return e, ex
}
