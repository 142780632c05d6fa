package notebook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Bytes returns the notebook as Jupyter saves it: one space a level, sorted
// keys, text as a list of lines, non-ASCII kept, a newline at the end.
func (n *Notebook) Bytes() []byte {
	doc := maps.Clone(n.extra)
	if doc == nil {
		doc = map[string]any{}
	}
	cells := make([]any, len(n.Cells))
	for i, c := range n.Cells {
		cells[i] = c.fields()
	}
	doc["cells"] = cells
	doc["metadata"] = n.Metadata
	doc["nbformat"] = 4
	doc["nbformat_minor"] = n.Minor

	var b bytes.Buffer
	writeValue(&b, doc, "\n")
	b.WriteByte('\n')
	return b.Bytes()
}

// Write writes the notebook to path in one step: a reader of the file sees the
// old one or the new one.
func (n *Notebook) Write(path string) error {
	mode := os.FileMode(0o644)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // already gone after the rename
	_, err = f.Write(n.Bytes())
	if err == nil {
		err = f.Chmod(mode)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func (c *Cell) fields() map[string]any {
	fields := maps.Clone(c.extra)
	if fields == nil {
		fields = map[string]any{}
	}
	fields["cell_type"] = string(c.Type)
	fields["metadata"] = c.Metadata
	fields["source"] = lines(c.Source)
	if c.ID != "" {
		fields["id"] = c.ID
	}
	if attachments, ok := fields["attachments"].(map[string]any); ok {
		attachments = maps.Clone(attachments)
		for name, data := range attachments {
			if bundle, ok := data.(map[string]any); ok {
				attachments[name] = splitBundle(bundle)
			}
		}
		fields["attachments"] = attachments
	}
	if c.Type == Code {
		outputs := make([]any, len(c.Outputs))
		for i, output := range c.Outputs {
			outputs[i] = splitOutput(output)
		}
		fields["outputs"] = outputs
		fields["execution_count"] = nil
		if c.ExecutionCount != nil {
			fields["execution_count"] = *c.ExecutionCount
		}
	}
	return fields
}

// splitOutput writes the text of an output as lists of lines: a stream's, and
// the text of the MIME types that nbformat takes for text.
func splitOutput(output any) any {
	fields, ok := output.(map[string]any)
	if !ok {
		return output
	}
	fields = maps.Clone(fields)
	if fields["output_type"] == "stream" {
		fields["text"] = split(fields["text"])
	}
	if data, ok := fields["data"].(map[string]any); ok {
		fields["data"] = splitBundle(data)
	}
	return fields
}

func splitBundle(data map[string]any) map[string]any {
	data = maps.Clone(data)
	for mime, v := range data {
		if strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript" {
			data[mime] = split(v)
		}
	}
	return data
}

// split returns text, or a list of lines that someone else split, as lines;
// anything else as it is.
func split(v any) any {
	if s, err := text(v); err == nil {
		return lines(s)
	}
	return v
}

// lines splits text after every line break that Python's str.splitlines knows,
// because that is where Jupyter splits it.
func lines(s string) []any {
	list := []any{}
	start := 0
	for i, r := range s {
		switch r {
		case '\n', '\v', '\f', '\x1c', '\x1d', '\x1e', '\u0085', '\u2028', '\u2029':
		case '\r':
			if strings.HasPrefix(s[i+1:], "\n") {
				continue
			}
		default:
			continue
		}
		end := i + utf8.RuneLen(r)
		list = append(list, s[start:end])
		start = end
	}
	if start < len(s) {
		list = append(list, s[start:])
	}
	return list
}

// writeValue writes JSON as Python's json.dumps does with indent=1,
// sort_keys=True and ensure_ascii=False. newline starts a line at v's own
// level. encoding/json would escape U+2028 and U+2029.
func writeValue(b *bytes.Buffer, v any, newline string) {
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			b.WriteString("{}")
			return
		}
		separator := "{" + newline + " "
		for _, key := range slices.Sorted(maps.Keys(v)) {
			b.WriteString(separator)
			writeString(b, key)
			b.WriteString(": ")
			writeValue(b, v[key], newline+" ")
			separator = "," + newline + " "
		}
		b.WriteString(newline + "}")
	case []any:
		if len(v) == 0 {
			b.WriteString("[]")
			return
		}
		separator := "[" + newline + " "
		for _, item := range v {
			b.WriteString(separator)
			writeValue(b, item, newline+" ")
			separator = "," + newline + " "
		}
		b.WriteString(newline + "]")
	case string:
		writeString(b, v)
	case bool:
		b.WriteString(strconv.FormatBool(v))
	case nil:
		b.WriteString("null")
	case json.Number, int, int64, float64:
		fmt.Fprint(b, v)
	default:
		panic(fmt.Sprintf("notebook: a %T is not what decoded JSON holds", v))
	}
}

func writeString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch r {
		case '"', '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		case '\b':
			b.WriteString(`\b`)
		case '\f':
			b.WriteString(`\f`)
		default:
			if r < ' ' {
				fmt.Fprintf(b, `\u%04x`, r)
			} else {
				b.WriteRune(r)
			}
		}
	}
	b.WriteByte('"')
}
