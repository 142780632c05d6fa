package notebook_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// testdata/jupyter.ipynb was written by nbformat: line breaks of every kind,
// characters to escape, outputs, attachments and unknown fields.
func TestWritesWhatJupyterWrites(t *testing.T) {
	want, err := os.ReadFile("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	n, err := notebook.Parse(want)
	if err != nil {
		t.Fatal(err)
	}
	if got := n.Bytes(); !bytes.Equal(got, want) {
		t.Errorf("not written back as it was:\n%s", got)
	}
}

func TestSourceAsOneStringIsWrittenAsLines(t *testing.T) {
	n := parse(t, `{"nbformat":4,"nbformat_minor":4,"metadata":{},
		"cells":[{"cell_type":"markdown","metadata":{},"source":"a\nb"}]}`)
	if got, want := string(n.Bytes()), "   \"source\": [\n    \"a\\n\",\n    \"b\"\n   ]"; !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestBadFilesSayWhatIsWrong(t *testing.T) {
	cell := func(id string) string {
		return `{"cell_type":"code","id":"` + id + `","metadata":{},"outputs":[],"execution_count":null,"source":[]}`
	}
	document := func(cells string) string {
		return `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[` + cells + `]}`
	}
	for name, tc := range map[string]struct{ data, want string }{
		"empty":              {"  \n", "empty"},
		"text":               {"hello", "not JSON, so not a notebook: it cannot be read from line 1, column 1 on"},
		"cut off":            {"{\n \"cells\": [", "breaks off at line 2"},
		"two documents":      {document("") + "{}", "something follows"},
		"a list":             {"[]", "holds a JSON array"},
		"null":               {"null", "null"},
		"merge conflict":     {"{\n<<<<<<< HEAD\n", "resolve the merge"},
		"not UTF-8":          {"{\n\"\xff\": 1}", "line 2 is not UTF-8"},
		"no nbformat":        {`{"cells":[]}`, `no "nbformat"`},
		"nbformat 3":         {`{"nbformat":3,"nbformat_minor":0}`, "open it in JupyterLab"},
		"no minor":           {`{"nbformat":4}`, "nbformat_minor"},
		"no cells":           {`{"nbformat":4,"nbformat_minor":5,"metadata":{}}`, `"cells" are missing`},
		"metadata is a list": {`{"nbformat":4,"nbformat_minor":5,"metadata":[],"cells":[]}`, "metadata"},
		"cell is a number":   {document("1"), "cell 1: not a JSON object"},
		"unknown cell type":  {document(`{"cell_type":"heading"}`), `unknown cell_type "heading"`},
		"no source":          {document(`{"cell_type":"raw","id":"a"}`), `"source" is missing`},
		"source of numbers":  {document(`{"cell_type":"raw","id":"a","source":[1]}`), "not text"},
		"outputs not a list": {document(`{"cell_type":"code","id":"a","source":[],"outputs":{}}`), "not a list"},
		"no id":              {document(`{"cell_type":"raw","source":[]}`), "cell 1 has no id"},
		"malformed id":       {document(cell("a b")), `the id "a b"`},
		"one id twice":       {document(cell("a") + "," + cell("b") + "," + cell("a")), `cells 1 and 3 share the id "a"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := notebook.Parse([]byte(tc.data))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("got error %v, want one that says %q", err, tc.want)
			}
		})
	}
}

func TestReadNamesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "day.ipynb")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := notebook.Read(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v, want the path in it", err)
	}
}

func TestWriteKeepsTheModeAndLeavesNothingElse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "day.ipynb")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (&notebook.Notebook{Minor: 5}).Write(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, error %v; want 0600", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("%d files beside it, want 1", len(entries))
	}
	if _, err := notebook.Read(path); err != nil {
		t.Error(err)
	}
}

func TestStripOutputs(t *testing.T) {
	n, err := notebook.Read("testdata/jupyter.ipynb")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range n.Cells {
		if c.ID == "hello_1" && c.Clean() {
			t.Error("a cell with outputs is called clean")
		}
	}
	n.StripOutputs()
	for _, c := range n.Cells {
		if !c.Clean() {
			t.Errorf("cell %s is not clean", c.ID)
		}
	}
	text := string(n.Bytes())
	if strings.Contains(text, "output_type") || strings.Contains(text, `"execution"`) {
		t.Errorf("outputs are left:\n%s", text)
	}
}

func parse(t *testing.T, text string) *notebook.Notebook {
	t.Helper()
	n, err := notebook.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return n
}
