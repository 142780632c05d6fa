package notebook_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/notebook"
)

func TestWhatACellCarries(t *testing.T) {
	n := parse(t, `{"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[
		{"cell_type":"code","metadata":{},"source":""},
		{"cell_type":"code","metadata":{"interleave":{"exercise":"two-threads"}},"source":""},
		{"cell_type":"code","metadata":{"interleave":{"check":"two-threads","expect":{"text":"^ok","chart":"timeline"}}},"source":""}]}`)
	for i, want := range []notebook.Lesson{
		{},
		{Exercise: "two-threads"},
		{Check: "two-threads", Expect: notebook.Expect{Text: "^ok", Chart: "timeline"}},
	} {
		if got, err := n.Cells[i].Lesson(); err != nil || got != want {
			t.Errorf("cell %d carries %+v, %v; want %+v", i+1, got, err, want)
		}
	}
	if n.Graded("two-threads") != n.Cells[1] || n.Graded("another") != nil {
		t.Error("the graded cell is not found by its exercise")
	}
}

func TestAMisspeltExpectationIsAnError(t *testing.T) {
	cell := notebook.NewCell(notebook.Code, "nap", "")
	cell.Metadata["interleave"] = map[string]any{"expect": map[string]any{"txt": "x"}}
	if _, err := cell.Lesson(); err == nil || !strings.Contains(err.Error(), `"nap"`) {
		t.Errorf("got %v, want an error that names the cell", err)
	}
}
