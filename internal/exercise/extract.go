package exercise

import (
	"fmt"
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
	u, err := e.fileOf(label(name), text)
	if err != nil {
		return nil, err
	}
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
	// A broken cell counts when it is the exercise's own, and no copy of it below is
	// right: the kernel would run on with an older version, but what was handed in is
	// this one.
	var broken *SourceError
	copies := 0
	for _, u := range units {
		if u.own {
			broken = u.err
			copies++
		}
	}
	if broken != nil {
		if copies > 1 {
			broken.Message += ". The graded cell is there more than once, and the last one counts: delete what you do not need"
		}
		return nil, broken
	}
	p, err := e.compose(units)
	if err != nil {
		return nil, e.hint(n, err)
	}
	for _, u := range units {
		if u.err != nil {
			p.Notes = append(p.Notes, "left out, because Go cannot read it: "+u.err.Error())
		}
	}
	p.Notes = append(p.Notes, e.tampered(n)...)
	return p, nil
}

func fileUnit(name string, text []byte) (*unit, error) {
	source, problem := readable(name, string(text))
	if problem != nil {
		return nil, problem
	}
	u := parseUnit(name, withoutClause(source))
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
		if c.Type != notebook.Code || isCheck(c) {
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
		source, problem := readable(name, declarationsOf(strings.TrimPrefix(c.Source, "\ufeff")))
		if problem != nil {
			units = append(units, &unit{name: name, own: own, source: c.Source, err: problem})
			continue
		}
		if strings.TrimSpace(source) == "" {
			continue
		}
		u := parseUnit(name, source)
		if u.banned != nil {
			return nil, u.banned
		}
		for _, d := range u.decls {
			if own && d.names[0] == "init" {
				return nil, bannedInit(name, d.place.line)
			}
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

// readable returns source as the parser wants it.
func readable(name, source string) (string, *SourceError) {
	source = strings.TrimPrefix(source, "\ufeff")
	switch {
	case len(source) > maxSource:
		return "", &SourceError{Kind: Unreadable, Unit: name, Message: fmt.Sprintf("more than %d kB of code: take out what is not yours", maxSource>>10)}
	case !utf8.ValidString(source):
		return "", &SourceError{Kind: Unreadable, Unit: name, Message: "not UTF-8 text: save it as UTF-8"}
	case strings.ContainsRune(source, 0):
		return "", &SourceError{Kind: Unreadable, Unit: name, Message: "holds zero bytes, so it is no Go source"}
	}
	// Lines end as Windows, and as old Macs, end them.
	source = strings.ReplaceAll(strings.ReplaceAll(source, "\r\n", "\n"), "\r", "\n")
	if line := conflict(source); line > 0 {
		return "", &SourceError{Kind: Broken, Unit: name, Line: line,
			Message: "git left its conflict markers here: keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>"}
	}
	return source, nil
}

// conflict returns the line of git's first conflict marker; 0 when there is none.
func conflict(source string) int {
	if !strings.Contains(source, "<<<<<<< ") || !strings.Contains(source, ">>>>>>> ") {
		return 0
	}
	lines := strings.Split(source, "\n")
	return 1 + slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "<<<<<<< ") })
}
