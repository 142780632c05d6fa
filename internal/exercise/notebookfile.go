package exercise

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// Bounds on a learner's notebook, its outputs left out.
const (
	maxCells = 10_000
	maxText  = 4 << 20
)

// notebookFile is a notebook that was handed in.
type notebookFile struct {
	name     string
	notebook *notebook.Notebook
}

// ReadNotebook reads a learner's notebook, without its outputs; whatever is wrong
// with its content is a *SourceError.
func ReadNotebook(path string) (*notebook.Notebook, error) {
	data, err := readRegular(path, 0)
	if err != nil {
		return nil, err
	}
	n, err := parseNotebook(data)
	if err != nil {
		return nil, &SourceError{Kind: Unreadable, Message: fmt.Sprintf("%s: %v", path, err)}
	}
	return n, nil
}

// parseNotebook reads a notebook whatever its outputs hold, in memory that does not
// depend on them, and forgives what Jupyter forgives: cells without an id, or two
// with the same. Its errors say what to do.
func parseNotebook(data []byte) (*notebook.Notebook, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	small := data
	if utf8.Valid(data) && len(bytes.TrimSpace(data)) > 0 {
		var err error
		var syntax *json.SyntaxError
		switch small, err = withoutOutputs(data); {
		case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			small = data // Parse says where, and builds nothing before it comes there
		case err != nil:
			return nil, advised(err)
		}
	}
	n, err := notebook.Parse(small)
	return n, advised(err)
}

// advised adds what to do, if an error does not say it.
func advised(err error) error {
	if err == nil || strings.Contains(err.Error(), "JupyterLab") || strings.Contains(err.Error(), "first") {
		return err
	}
	return fmt.Errorf("%w; open it in JupyterLab, save it, and hand in that file", err)
}

// skipped is a JSON value that nobody looks at.
type skipped struct{}

func (skipped) UnmarshalJSON([]byte) error { return nil }

// withoutOutputs returns a notebook's document with what an answer may stand in.
func withoutOutputs(data []byte) ([]byte, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if open, err := dec.Token(); err != nil {
		return nil, err
	} else if open != json.Delim('{') {
		return nil, errors.New("not a notebook, although it is JSON")
	}
	doc := map[string]any{}
	for dec.More() {
		key, err := dec.Token()
		if err != nil {
			return nil, err
		}
		var value any = &skipped{}
		switch key {
		case "cells":
			if doc["cells"], err = answerCells(dec); err != nil {
				return nil, err
			}
			continue
		case "nbformat", "metadata":
			value = &json.RawMessage{}
		}
		if err := dec.Decode(value); err != nil {
			return nil, err
		}
		if raw, ok := value.(*json.RawMessage); ok {
			doc[key.(string)] = raw
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("not a notebook: something follows its end")
	}
	metadata := map[string]any{}
	if raw, ok := doc["metadata"].(*json.RawMessage); ok {
		if release := releaseIn(*raw); release != "" {
			metadata["interleave"] = map[string]any{"release": release}
		}
	}
	doc["metadata"] = metadata
	doc["nbformat_minor"] = 4 // which asks for no ids
	return json.Marshal(doc)
}

// answerCells reads the list of cells that comes next. What is none becomes null.
func answerCells(dec *json.Decoder) ([]any, error) {
	open, err := dec.Token()
	if err != nil {
		return nil, err
	}
	if open != json.Delim('[') {
		return nil, errors.New(`not a notebook: its "cells" are no list`)
	}
	cells := []any{}
	size := 0
	for dec.More() {
		var c struct {
			Type     string          `json:"cell_type"`
			Source   json.RawMessage `json:"source"`
			Metadata json.RawMessage `json:"metadata"`
		}
		var mistyped *json.UnmarshalTypeError
		if err := dec.Decode(&c); errors.As(err, &mistyped) {
			continue // no cell at all
		} else if err != nil {
			return nil, err
		}
		if size += len(c.Source) + len(c.Metadata); size > maxText {
			return nil, fmt.Errorf("it holds more than %d MB besides its outputs: take out what is not yours", maxText>>20)
		}
		if len(cells) == maxCells {
			return nil, fmt.Errorf("it holds more than %d cells: take out what is not yours", maxCells)
		}
		cell := map[string]any{"cell_type": c.Type, "source": "", "metadata": map[string]any{}}
		if len(c.Source) > 0 && c.Source[0] != 'n' { // not null
			cell["source"] = c.Source
		}
		if len(c.Metadata) > 0 && c.Metadata[0] == '{' {
			cell["metadata"] = c.Metadata
		}
		switch notebook.Type(c.Type) {
		case notebook.Code, notebook.Markdown, notebook.Raw:
			cells = append(cells, cell)
		}
	}
	_, err = dec.Token()
	return cells, err
}
