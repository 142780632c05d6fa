package exercise

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
)

// goFile is a Go file that was handed in.
type goFile struct {
	name     string // as At calls it
	clause   string // the package that it says to be of; "" when it says none
	text     string
	declares map[string]bool
}

func readGoFile(name, known string, data []byte) (goFile, *SourceError) {
	text, err := readable(known, string(data))
	if err != nil {
		return goFile{}, err
	}
	f := goFile{name: known, text: text, declares: map[string]bool{}}
	if file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.PackageClauseOnly); err == nil {
		f.clause = file.Name.Name
	}
	if u, err := fileUnit(known, []byte(text)); err == nil {
		for _, d := range u.decls {
			for _, name := range d.names {
				f.declares[name] = true
			}
		}
	}
	return f, nil
}

// filesOf returns the Go files that answer the exercise: those that its package, its
// name or its folder's say to, else the one that declares what is judged.
func (e *Exercise) filesOf(h *HandedIn) (own []goFile) {
	for _, f := range h.files {
		stem := strings.ReplaceAll(strings.TrimSuffix(path.Base(f.name), path.Ext(f.name)), "_", "-")
		if f.clause == e.Package() || stem == e.Slug || path.Base(path.Dir(f.name)) == e.Slug {
			own = append(own, f)
		}
	}
	if own != nil {
		return own
	}
	for _, f := range h.files {
		if e.allIn(f.declares) {
			own = append(own, f)
		}
	}
	return own
}

// allIn reports whether all that is judged is among the names.
func (e *Exercise) allIn(names map[string]bool) bool {
	for _, name := range e.Entry {
		if !names[name] {
			return false
		}
	}
	return true
}

// fromFiles takes the program out of the files of one package.
func (e *Exercise) fromFiles(files []goFile) (*Program, error) {
	var units []*unit
	first := map[string]string{} // name -> where it is declared
	for _, f := range files {
		u, err := e.fileOf(f.name, []byte(f.text))
		if err != nil {
			return nil, err
		}
		for _, d := range u.decls {
			for _, name := range d.names {
				at := At(f.name, d.place.line)
				if before, taken := first[name]; taken && name != "_" {
					return nil, &SourceError{Kind: Broken, Unit: f.name, Line: d.place.line,
						Message: fmt.Sprintf("%s is declared here and in %s: keep one of them", name, before)}
				}
				first[name] = at
			}
		}
		units = append(units, u)
	}
	return e.compose(units)
}

// elsewhere adds to an error that something is missing which other file declares it.
func (e *Exercise) elsewhere(h *HandedIn, files []goFile, err error) error {
	var source *SourceError
	if !errors.As(err, &source) || source.Kind != Missing {
		return err
	}
	for _, f := range h.files {
		own := slices.ContainsFunc(files, func(g goFile) bool { return g.name == f.name })
		if own || !slices.ContainsFunc(e.Entry, func(name string) bool { return f.declares[name] }) {
			continue
		}
		more := *source
		more.Message += fmt.Sprintf(". %s declares some of it, in another package: let both files begin with package %s", f.name, e.Package())
		return &more
	}
	return err
}

// fileOf parses a learner's own file. Positions are those of the file.
func (e *Exercise) fileOf(name string, text []byte) (*unit, error) {
	u, err := fileUnit(name, text)
	if err != nil {
		return nil, err
	}
	for _, d := range u.decls {
		if d.names[0] == "init" {
			return nil, bannedInit(name, d.place.line)
		}
	}
	u.file = true
	return u, nil
}

func bannedInit(unit string, line int) *SourceError {
	return &SourceError{Kind: Banned, Unit: unit, Line: line,
		Message: "func init runs before anything is judged, which a graded program may not: remove it"}
}

// withoutClause returns Go source with its package clause blank, so that lines stay
// what they are.
func withoutClause(source string) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", source, parser.PackageClauseOnly)
	if err != nil {
		return source // what it lacks, or holds instead, is found when it is parsed
	}
	from, to := fset.Position(file.Package).Offset, fset.Position(file.Name.End()).Offset
	rest := strings.TrimLeft(source[to:], " \t")
	if strings.HasPrefix(rest, ";") {
		to = len(source) - len(rest) + 1
	}
	between := source[from:to]
	blank := strings.Repeat("\n", strings.Count(between, "\n"))
	return source[:from] + strings.Repeat(" ", len(between)-len(blank)) + blank + source[to:]
}
