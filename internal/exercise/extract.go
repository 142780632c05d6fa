package exercise

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// maxSource bounds what is read of one learner: nobody writes more by hand.
const maxSource = 1 << 20

// FromFile takes the program out of a learner's own Go file. Positions are those
// of the file. An error about the learner's source is a *SourceError.
func (e *Exercise) FromFile(name string, text []byte) (*Program, error) {
	u, err := fileUnit(name, text)
	if err != nil {
		return nil, err
	}
	for _, d := range u.decls {
		if d.names[0] == "init" {
			return nil, &SourceError{Kind: Banned, Unit: name, Line: d.place.line,
				Message: "func init runs before anything is judged, which a graded program may not: remove it"}
		}
	}
	u.file = true
	return e.compose([]*unit{u})
}

// FromNotebook takes the program out of a notebook: of each name the last
// definition in document order, as the kernel would hold it after all cells
// ran. An error about the learner's source is a *SourceError.
func (e *Exercise) FromNotebook(n *notebook.Notebook) (*Program, error) {
	units, err := e.cellUnits(n)
	if err != nil {
		return nil, err
	}
	// A broken cell counts when it is the exercise's own: the kernel would run
	// on with an older version, but what was handed in is this one.
	for _, u := range units {
		if u.own && u.err != nil {
			return nil, u.err
		}
	}
	p, err := e.compose(units)
	if err != nil {
		return nil, err
	}
	for _, u := range units {
		if u.err != nil {
			p.Notes = append(p.Notes, "left out, because Go cannot read it: "+u.err.Error())
		}
	}
	return p, nil
}

func fileUnit(name string, text []byte) (*unit, error) {
	source, err := readable(name, string(text))
	if err != nil {
		return nil, err
	}
	lines := strings.Split(source, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "package ") {
			lines[i] = ""
			break
		}
	}
	u := parseUnit(name, strings.Join(lines, "\n"))
	if u.err != nil {
		return nil, u.err
	}
	if u.banned != nil {
		return nil, u.banned
	}
	return u, nil
}

func (e *Exercise) cellUnits(n *notebook.Notebook) ([]*unit, error) {
	var units []*unit
	size := 0
	for _, c := range n.Cells {
		if c.Type != notebook.Code {
			continue
		}
		if size += len(c.Source); size > maxSource {
			return nil, &SourceError{Kind: Unreadable, Message: fmt.Sprintf("the notebook holds more than %d kB of code", maxSource>>10)}
		}
		own := Belongs(c) == e.Slug
		name := "your answer"
		if !own {
			name = cellName(c.Source)
		}
		source, err := readable(name, declarationsOf(c.Source))
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(source) == "" {
			continue
		}
		u := parseUnit(name, source)
		if u.banned != nil {
			return nil, u.banned
		}
		u.own = own
		units = append(units, u)
	}
	return units, nil
}

// cellName tells a cell from others by a line that the learner finds in it: the
// first that declares something, else the first of all.
func cellName(source string) string {
	const most = 40
	name := ""
	for line := range strings.Lines(source) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		keyword, _, _ := strings.Cut(line, " ")
		declares := slices.Contains([]string{"func", "type", "var", "const"}, keyword)
		if name == "" || declares {
			name = line
		}
		if declares {
			break
		}
	}
	if runes := []rune(name); len(runes) > most {
		name = string(runes[:most]) + "…"
	}
	return "the cell with " + name
}

func readable(name, source string) (string, error) {
	switch {
	case len(source) > maxSource:
		return "", &SourceError{Kind: Unreadable, Unit: name, Message: fmt.Sprintf("more than %d kB of code", maxSource>>10)}
	case !utf8.ValidString(source):
		return "", &SourceError{Kind: Unreadable, Unit: name, Message: "not UTF-8 text: save it as UTF-8"}
	case strings.ContainsRune(source, 0):
		return "", &SourceError{Kind: Unreadable, Unit: name, Message: "holds zero bytes, so it is no Go source"}
	}
	return strings.ReplaceAll(source, "\r\n", "\n"), nil
}

// ReadNotebook reads a learner's notebook; whatever is wrong with its content
// is a *SourceError.
func ReadNotebook(path string) (*notebook.Notebook, error) {
	n, err := notebook.Read(path)
	var file *fs.PathError
	if err != nil && !errors.As(err, &file) {
		return nil, &SourceError{Kind: Unreadable, Message: err.Error()}
	}
	return n, err
}
