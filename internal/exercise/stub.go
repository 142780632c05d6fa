package exercise

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
)

// NotWritten is what a stub panics with until its learner writes it: the engine
// knows it and says so.
const NotWritten = "not written yet"

const (
	beginMark = "// BEGIN SOLUTION"
	endMark   = "// END SOLUTION"
)

// Stub makes what a learner gets out of the reference solution: a marked part
// of a function gives way to a panic, so that the stub compiles; marked
// declarations go, and so do imports that only marked parts use.
func Stub(solution []byte) ([]byte, error) {
	var out bytes.Buffer
	open := 0
	for number, line := range strings.Split(strings.TrimRight(string(solution), "\n"), "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, "\t"))]
		switch mark := strings.TrimSpace(line); {
		case mark == beginMark && open > 0:
			return nil, fmt.Errorf("line %d: %s inside of the part that line %d begins", number+1, beginMark, open)
		case mark == beginMark:
			open = number + 1
		case mark == endMark && open == 0:
			return nil, fmt.Errorf("line %d: %s without %s", number+1, endMark, beginMark)
		case mark == endMark:
			open = 0
			if indent != "" {
				fmt.Fprintf(&out, "%s// YOUR CODE HERE\n%spanic(%q)\n", indent, indent, NotWritten)
			}
		case open == 0:
			fmt.Fprintln(&out, line)
		}
	}
	if open > 0 {
		return nil, fmt.Errorf("line %d: %s without %s", open, beginMark, endMark)
	}
	if !strings.Contains(out.String(), "// YOUR CODE HERE") {
		return nil, fmt.Errorf("no part stands between %s and %s, so there is nothing to learn", beginMark, endMark)
	}
	return dropUnusedImports(out.Bytes())
}

func dropUnusedImports(source []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "stub", source, parser.ParseComments)
	if err != nil {
		return nil, fmt.Errorf("the stub does not parse: %w", err)
	}
	used := map[string]bool{}
	for _, ident := range file.Unresolved {
		used[ident.Name] = true
	}
	drop := map[int]bool{} // lines
	for _, decl := range file.Decls {
		imports, ok := decl.(*ast.GenDecl)
		if !ok || imports.Tok != token.IMPORT {
			continue
		}
		kept := 0
		for _, spec := range imports.Specs {
			spec := spec.(*ast.ImportSpec)
			name := importName(strings.Trim(spec.Path.Value, `"`))
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if used[name] {
				kept++
			} else {
				drop[fset.Position(spec.Pos()).Line] = true
			}
		}
		if kept == 0 {
			for line := fset.Position(imports.Pos()).Line; line <= fset.Position(imports.End()).Line; line++ {
				drop[line] = true
			}
		}
	}
	var out bytes.Buffer
	for i, line := range strings.SplitAfter(string(source), "\n") {
		if !drop[i+1] {
			out.WriteString(line)
		}
	}
	return format.Source(out.Bytes())
}
