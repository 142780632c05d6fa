package notebook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Read reads the notebook at path. Its errors name the path, say what is wrong
// and what to do about it.
func Read(path string) (*Notebook, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	n, err := Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return n, nil
}

// Parse reads a notebook from its bytes.
func Parse(data []byte) (*Notebook, error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("the file is empty, not a notebook: restore it or save it again from JupyterLab")
	}
	if line := firstInvalidUTF8(data); line > 0 {
		return nil, fmt.Errorf("line %d is not UTF-8, so this is not a notebook: save it again from JupyterLab", line)
	}
	doc, err := decode(data)
	if err != nil {
		return nil, err
	}
	n := &Notebook{extra: doc}
	if n.Minor, err = takeFormat(doc); err != nil {
		return nil, err
	}
	if n.Metadata, err = takeObject(doc, "metadata"); err != nil {
		return nil, err
	}
	for _, key := range transient {
		delete(n.Metadata, key)
	}
	cells, ok := doc["cells"].([]any)
	if !ok {
		return nil, errors.New(`not a notebook: its "cells" are missing`)
	}
	delete(doc, "cells")
	for i, raw := range cells {
		c, err := parseCell(raw)
		if err != nil {
			return nil, fmt.Errorf("cell %d: %w", i+1, err)
		}
		n.Cells = append(n.Cells, c)
	}
	return n, checkIDs(n.Cells, n.Minor)
}

// transient is what nbformat drops from a notebook's metadata.
var transient = []string{"orig_nbformat", "orig_nbformat_minor", "signature"}

// decode reads one JSON object and says where it breaks off.
func decode(data []byte) (map[string]any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var doc map[string]any
	err := dec.Decode(&doc)
	if err == nil {
		if _, err := dec.Token(); err != io.EOF {
			return nil, fmt.Errorf("not a notebook: something follows its end at %s", place(data, dec.InputOffset()))
		}
		if doc == nil {
			return nil, errors.New("not a notebook: the file holds the JSON value null")
		}
		return doc, nil
	}
	if bytes.HasPrefix(data, []byte("<<<<<<< ")) || bytes.Contains(data, []byte("\n<<<<<<< ")) {
		return nil, errors.New("git left conflict markers in it: resolve the merge first")
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return nil, fmt.Errorf("not JSON, so not a notebook: it cannot be read from %s on", place(data, syntax.Offset))
	}
	if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return nil, fmt.Errorf("not a notebook: the file holds a JSON %s", kind.Value)
	}
	return nil, fmt.Errorf("not JSON, so not a notebook: it breaks off at %s", place(data, int64(len(data))))
}

func takeFormat(doc map[string]any) (minor int, err error) {
	major, ok := whole(doc["nbformat"])
	if !ok {
		return 0, errors.New(`not a notebook: it has no "nbformat"`)
	}
	if major != 4 {
		return 0, fmt.Errorf("nbformat %d, and only 4 can be read: open it in JupyterLab and save it", major)
	}
	if minor, ok = whole(doc["nbformat_minor"]); !ok {
		return 0, errors.New(`not a notebook: it has no "nbformat_minor"`)
	}
	delete(doc, "nbformat")
	delete(doc, "nbformat_minor")
	return minor, nil
}

func parseCell(raw any) (*Cell, error) {
	fields, ok := raw.(map[string]any)
	if !ok {
		return nil, errors.New("not a JSON object")
	}
	kind, _ := fields["cell_type"].(string)
	c := &Cell{Type: Type(kind), extra: fields}
	switch c.Type {
	case Code, Markdown, Raw:
	default:
		return nil, fmt.Errorf("unknown cell_type %q", kind)
	}
	if id, given := fields["id"]; given {
		if c.ID, ok = id.(string); !ok {
			return nil, errors.New("its id is not a string")
		}
	}
	var err error
	if c.Source, err = text(fields["source"]); err != nil {
		return nil, err
	}
	if c.Metadata, err = takeObject(fields, "metadata"); err != nil {
		return nil, err
	}
	delete(c.Metadata, "trusted") // belongs to the reader's session, as in nbformat
	if c.Type == Code {
		if c.Outputs, ok = fields["outputs"].([]any); !ok && fields["outputs"] != nil {
			return nil, errors.New(`its "outputs" are not a list`)
		}
		if count, ok := whole(fields["execution_count"]); ok {
			c.ExecutionCount = &count
		}
		delete(fields, "outputs")
		delete(fields, "execution_count")
	}
	for _, key := range []string{"cell_type", "id", "source"} {
		delete(fields, key)
	}
	return c, nil
}

// longestID bounds an id: within the expression it would take long to compile, and every
// program that is judged starts this one.
const longestID = 64

var wellFormedID = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)

// checkIDs refuses what nbformat 4.5 refuses: an id that is missing, malformed
// or taken.
func checkIDs(cells []*Cell, minor int) error {
	if minor < 5 {
		return nil
	}
	first := map[string]int{}
	for i, c := range cells {
		if c.ID == "" {
			return fmt.Errorf("cell %d has no id: open the notebook in JupyterLab and save it", i+1)
		}
		if len(c.ID) > longestID || !wellFormedID.MatchString(c.ID) {
			return fmt.Errorf("cell %d has the id %q: an id has 1 to 64 letters, digits, - and _", i+1, c.ID)
		}
		if j, taken := first[c.ID]; taken {
			return fmt.Errorf("cells %d and %d share the id %q: delete one of them, or give it another id", j+1, i+1, c.ID)
		}
		first[c.ID] = i
	}
	return nil
}

// text joins a multi-line string, which nbformat writes as a list of lines.
func text(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case []any:
		var b strings.Builder
		for _, line := range v {
			s, ok := line.(string)
			if !ok {
				return "", errors.New(`its "source" is not text`)
			}
			b.WriteString(s)
		}
		return b.String(), nil
	}
	return "", errors.New(`its "source" is missing`)
}

// takeObject moves an object out of fields; a missing one is empty.
func takeObject(fields map[string]any, key string) (map[string]any, error) {
	v, given := fields[key]
	delete(fields, key)
	if !given {
		return map[string]any{}, nil
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("its %q is not a JSON object", key)
	}
	return object, nil
}

func whole(v any) (int, bool) {
	number, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	i, err := number.Int64()
	return int(i), err == nil
}

func firstInvalidUTF8(data []byte) (line int) {
	if utf8.Valid(data) {
		return 0
	}
	for i, l := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(l) {
			return i + 1
		}
	}
	return 1
}

func place(data []byte, offset int64) string {
	before := data[:min(int(offset), len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	return fmt.Sprintf("line %d, column %d", line, len(before)-bytes.LastIndexByte(before, '\n')-1)
}
