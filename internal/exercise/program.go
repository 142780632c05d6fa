package exercise

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Program is what is judged: the entry declarations and all that they reach,
// as one Go file. Its positions are the learner's own: of a file its lines, of
// anything else those of each declaration. Only these are the same in the kernel,
// which remembers no cells, as in the notebook, and whether that was saved or not.
type Program struct {
	Source  []byte
	Imports []string            // paths, sorted
	Lines   map[string][]string // unit -> its lines, for quoting
	Notes   []string            // what the learner should know about how it was read
}

// Quote returns a line of the learner's own source, trimmed; "" when unknown.
func (p *Program) Quote(unit string, line int) string {
	lines := p.Lines[unit]
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[line-1])
}

// compose picks from units, in document order, the last definition of each name
// that an entry reaches.
func (e *Exercise) compose(units []*unit) (*Program, error) {
	last := map[string]*declaration{}
	methods := map[string][]string{} // type -> its methods' keys
	imports := map[string]string{}
	for _, u := range units {
		for name, path := range u.imports {
			imports[name] = path
		}
		for _, d := range u.decls {
			for _, name := range d.names {
				if name == "_" || name == "main" || name == "init" || strings.HasPrefix(name, "init_") {
					continue
				}
				last[name] = d
				if typeName, _, ok := strings.Cut(name, "."); ok && !slices.Contains(methods[typeName], name) {
					methods[typeName] = append(methods[typeName], name)
				}
			}
		}
	}
	if err := e.missing(units, last); err != nil {
		return nil, err
	}

	reached := map[*declaration]bool{}
	packages := map[string]string{} // name -> path
	var visit func(name string)
	visit = func(name string) {
		d := last[name]
		if d == nil {
			if path, ok := imports[name]; ok {
				packages[name] = path
			} else if path := e.packageNamed(name); path != "" && e.uses(name, units) {
				packages[name] = path
			}
			return
		}
		if reached[d] {
			return
		}
		reached[d] = true
		for _, declared := range d.names {
			for _, method := range methods[declared] {
				visit(method)
			}
		}
		for used := range d.uses {
			visit(used)
		}
	}
	for _, name := range e.Entry {
		visit(name)
	}
	for _, u := range units {
		for _, d := range u.decls {
			if reached[d] && d.banned != nil {
				return nil, d.banned
			}
		}
	}
	return e.render(units, last, reached, packages), nil
}

// uses reports whether a name without a declaration is used as a package is:
// in front of a dot.
func (e *Exercise) uses(name string, units []*unit) bool {
	return slices.ContainsFunc(units, func(u *unit) bool { return strings.Contains(u.source, name+".") })
}

// missing explains an entry declaration that no unit holds.
func (e *Exercise) missing(units []*unit, last map[string]*declaration) error {
	for _, name := range e.Entry {
		if last[name] != nil {
			continue
		}
		for _, u := range units {
			if u.err != nil && declares(u.source, name) {
				return u.err
			}
		}
		for _, u := range units {
			if u.err != nil {
				return &SourceError{Kind: Missing, Message: fmt.Sprintf("%s is not declared anywhere that Go can read (%v)", name, u.err)}
			}
		}
		message := name + " is not declared anywhere: keep the name and the signature that the task gives"
		if other := alike(name, last); other != "" {
			message += ", and write " + name + " in the place of " + other
		}
		return &SourceError{Kind: Missing, Message: message}
	}
	return nil
}

// alike returns a declared name that differs from name in its letters' case alone.
func alike(name string, declared map[string]*declaration) string {
	for _, other := range slices.Sorted(maps.Keys(declared)) {
		if strings.EqualFold(other, name) {
			return other
		}
	}
	return ""
}

// declares looks for a declaration in source that does not parse.
func declares(source, name string) bool {
	for line := range strings.Lines(source) {
		for _, start := range []string{"func " + name, "type " + name, "var " + name, "const " + name} {
			rest, ok := strings.CutPrefix(line, start)
			if ok && (rest == "" || strings.ContainsRune("([ \t=", rune(rest[0]))) {
				return true
			}
		}
	}
	return false
}

func (e *Exercise) render(units []*unit, last map[string]*declaration, reached map[*declaration]bool, packages map[string]string) *Program {
	p := &Program{Lines: map[string][]string{}}
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\n", e.Package())
	names := make([]string, 0, len(packages))
	for name, path := range packages {
		names = append(names, name)
		p.Imports = append(p.Imports, path)
	}
	slices.Sort(names)
	slices.Sort(p.Imports)
	p.Imports = slices.Compact(p.Imports)
	for _, name := range names {
		fmt.Fprintf(&b, "import %s %q\n", name, packages[name])
	}
	for _, u := range units {
		for _, d := range u.decls {
			if !reached[d] {
				continue
			}
			if !d.inGroup && !slices.ContainsFunc(d.names, func(name string) bool { return last[name] == d }) {
				continue
			}
			unit, source, at := d.calledBy(last), d.whole(), place{1, 1}
			if u.file {
				unit, source, at = u.name, u.source, place{d.place.line, max(1, d.place.column-len(d.keyword))}
			}
			fmt.Fprintf(&b, "\n//line %s:%d:%d\n%s%s\n", unit, at.line, at.column, d.keyword, withoutReplaced(d, last))
			p.Lines[unit] = strings.Split(source, "\n")
		}
	}
	p.Source = []byte(b.String())
	return p
}

// calledBy is the name by which a declaration is known, and no other one.
func (d *declaration) calledBy(last map[string]*declaration) string {
	for _, name := range d.names {
		if last[name] == d {
			return name
		}
	}
	return d.names[0]
}

// withoutReplaced returns a declaration's text with the names blank that a later
// one declares anew: removing a constant would renumber iota, and a variable
// may share its value with others. Columns stay what they are.
func withoutReplaced(d *declaration, last map[string]*declaration) string {
	text := []byte(d.text)
	for i, at := range d.at {
		if name := d.names[i]; name != "_" && last[name] != d {
			copy(text[at:], "_"+strings.Repeat(" ", len(name)-1))
		}
	}
	return string(text)
}
