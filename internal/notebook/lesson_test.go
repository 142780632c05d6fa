package notebook_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/notebook"
)

func TestLessonIsReadBackAsSet(t *testing.T) {
	want := notebook.Lesson{Check: "two-threads", Expect: notebook.Expect{Text: "^ok", Chart: "timeline"}}
	n := notebook.New()
	cell := notebook.NewCell(notebook.Code, "a", "")
	cell.SetLesson(want)
	if err := n.Insert(0, cell); err != nil {
		t.Fatal(err)
	}
	again := parse(t, string(n.Bytes()))
	if got, err := again.Cells[0].Lesson(); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if again.Check("two-threads") != again.Cells[0] || again.Graded("two-threads") != nil {
		t.Error("the check cell is not found by its slug")
	}
	cell.SetLesson(notebook.Lesson{})
	if got, err := cell.Lesson(); err != nil || got != (notebook.Lesson{}) {
		t.Errorf("after removing it: %+v, %v", got, err)
	}
}

func TestAMisspeltExpectationIsAnError(t *testing.T) {
	cell := notebook.NewCell(notebook.Code, "nap", "")
	cell.Metadata["interleave"] = map[string]any{"expect": map[string]any{"txt": "x"}}
	if _, err := cell.Lesson(); err == nil || !strings.Contains(err.Error(), `"nap"`) {
		t.Errorf("got %v, want an error that names the cell", err)
	}
}
