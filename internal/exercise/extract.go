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

// FromFile takes the program out of a Go file: a learner's own, or the one that
// the kernel composed. Positions are those of the file. An error about the
// learner's source is a *SourceError.
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
	return e.compose([]*unit{u})
}

// FromNotebook takes the program out of a notebook: of each name the last
// definition in document order, as the kernel would hold it after all cells
// ran. Positions are lines of cells. An error about the learner's source is a
// *SourceError.
func (e *Exercise) FromNotebook(n *notebook.Notebook) (*Program, error) {
	units, err := cellUnits(n)
	if err != nil {
		return nil, err
	}
	// A broken cell counts when it is the exercise's own: the kernel would run
	// on with an older version, but what was handed in is this one.
	for i, c := range n.Cells {
		for _, u := range units {
			if u.name == cellName(i) && u.err != nil && Belongs(c) == e.Slug {
				return nil, u.err
			}
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

// FromKernel takes the program out of the file that the kernel composed of all
// it remembers. Positions are lines of the notebook's cells where saved, which
// may be nil, holds the same text; else they count from the declaration's start.
func (e *Exercise) FromKernel(text []byte, saved *notebook.Notebook) (*Program, error) {
	u, err := fileUnit("main.go", text)
	if err != nil {
		return nil, err
	}
	inCells := map[string]*declaration{}
	var cells []*unit
	if saved != nil {
		if cells, err = cellUnits(saved); err != nil {
			cells = nil
		}
	}
	for _, cell := range cells {
		for _, d := range cell.decls {
			inCells[d.names[0]] = d
		}
	}
	var differs []string
	lines := map[string][]string{}
	for _, d := range u.decls {
		own := inCells[d.names[0]]
		if own != nil && sameText(own.text, d.text) {
			d.place = own.place
			continue
		}
		if own != nil {
			differs = append(differs, d.names[0])
		}
		d.place = place{unit: d.names[0], line: 1, column: 1}
		lines[d.names[0]] = strings.Split(d.text, "\n")
	}
	p, err := e.compose([]*unit{u})
	var source *SourceError
	if errors.As(err, &source) && source.Kind == Missing {
		source.Message = "the kernel does not know your answer: run the cell with your code, until it ends without an error, and then this one (" + source.Message + ")"
	}
	if err != nil {
		return nil, err
	}
	for _, cell := range cells {
		p.Lines[cell.name] = strings.Split(cell.source, "\n")
	}
	for name, text := range lines {
		p.Lines[name] = text
	}
	differs = slices.DeleteFunc(differs, func(name string) bool { return !strings.Contains(string(p.Source), "//line "+name+":") })
	if len(differs) > 0 {
		p.Notes = append(p.Notes, "The saved notebook holds another version of "+strings.Join(differs, " and ")+" than the one that ran, which was judged. "+
			"If your cell ended with an error, mend it and run it again; if not, save the notebook.")
	}
	return p, nil
}

// sameText compares declarations as gofmt would: the kernel composes with
// goimports, which formats.
func sameText(a, b string) bool {
	return strings.Join(strings.Fields(a), " ") == strings.Join(strings.Fields(b), " ")
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

func cellUnits(n *notebook.Notebook) ([]*unit, error) {
	var units []*unit
	size := 0
	for i, c := range n.Cells {
		if c.Type != notebook.Code {
			continue
		}
		if size += len(c.Source); size > maxSource {
			return nil, &SourceError{Kind: Unreadable, Message: fmt.Sprintf("the notebook holds more than %d kB of code", maxSource>>10)}
		}
		source, err := readable(cellName(i), declarationsOf(c.Source))
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(source) == "" {
			continue
		}
		u := parseUnit(cellName(i), source)
		if u.banned != nil {
			return nil, u.banned
		}
		units = append(units, u)
	}
	return units, nil
}

func cellName(i int) string { return fmt.Sprintf("cell %d", i+1) }

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
