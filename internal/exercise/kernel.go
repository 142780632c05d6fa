package exercise

import (
	"maps"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/notebook"
)

// FromKernel takes the program out of the file that the kernel composed of all
// it remembers. An error about the learner's source is a *SourceError.
func (e *Exercise) FromKernel(text []byte) (*Program, error) {
	u, err := fileUnit("main.go", text)
	if err != nil {
		return nil, err
	}
	known := texts([]*unit{u})
	for _, name := range e.Entry {
		if _, ok := known[name]; !ok {
			return nil, &SourceError{Kind: Unrun, Message: "the kernel does not know " + name + ". " +
				"Run the cell with your code, until it ends without an error, and then this one. Keep the names that the task gives."}
		}
	}
	return e.compose([]*unit{u})
}

// Differs names, sorted, the functions and types of a program out of the kernel of
// which the saved notebook holds another version. Constants and variables are not
// compared: the kernel cuts their blocks up and drops comments in them.
func (e *Exercise) Differs(p *Program, saved *notebook.Notebook) []string {
	cells, err := e.cellUnits(saved)
	if err != nil {
		return nil // the file is in no state to be compared with
	}
	theirs := texts(cells)
	for _, u := range cells {
		if u.own && u.err != nil { // it cannot be what ran
			for _, name := range e.Entry {
				if strings.HasPrefix(p.text(name), "func ") {
					theirs[name] = ""
				}
			}
		}
	}
	var names []string
	for _, name := range slices.Sorted(maps.Keys(p.Lines)) {
		ours := p.text(name)
		if !strings.HasPrefix(ours, "func ") && !strings.HasPrefix(ours, "type ") {
			continue
		}
		if text, ok := theirs[name]; ok && !sameText(text, ours) {
			names = append(names, name)
		}
	}
	return names
}

// Unwritten reports whether one of the declarations is still what learners get.
func (p *Program) Unwritten(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return strings.Contains(p.text(name), NotWritten) })
}

func (p *Program) text(name string) string { return strings.Join(p.Lines[name], "\n") }

// texts returns the last declaration of each name.
func texts(units []*unit) map[string]string {
	all := map[string]string{}
	for _, u := range units {
		for _, d := range u.decls {
			for _, name := range d.names {
				all[name] = d.whole()
			}
		}
	}
	return all
}

// sameText compares declarations as far as gofmt would not make them the same.
func sameText(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }
