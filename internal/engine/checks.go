package engine

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/toolchain"
)

// checkPackages are the packages of the checks that the program is judged by: the public
// ones and, for a grader, the hidden ones. Both are compiled as one package where their
// names allow it, since the compiler takes most of its time to start. Copies of files are
// in mergedDir, and have to be removed before the program runs, which could read them.
func (j *judgement) checkPackages() ([]toolchain.Package, error) {
	public, err := sources(filepath.Join(j.exerciseDir(), "checks"))
	if err != nil {
		return nil, err
	}
	public.Path, public.Out = j.publicPath(), filepath.Join(j.dir, "checks.a")
	if j.scope != All {
		return []toolchain.Package{public}, nil
	}
	folder, err := filepath.Abs(filepath.Join(j.exercise.Solution.Dir, "hidden"))
	if err != nil {
		return nil, err
	}
	hidden, err := sources(folder)
	if err != nil {
		return nil, err
	}
	hidden.Path, hidden.Out = j.hiddenPath(), filepath.Join(j.dir, "hidden.a")
	one, err := merge(public, hidden, j.mergedDir())
	if err != nil {
		return nil, err
	}
	if j.merged = one != nil; j.merged {
		return []toolchain.Package{*one}, nil
	}
	return []toolchain.Package{public, hidden}, nil
}

func (j *judgement) mergedDir() string { return filepath.Join(j.dir, "merged") }

// sources returns a package of a folder's Go files, with what they import.
func sources(folder string) (p toolchain.Package, err error) {
	found, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		return p, err
	}
	for _, file := range found {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return p, err
		}
		for _, spec := range parsed.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil {
				p.Imports = append(p.Imports, path)
			}
		}
		p.Files = append(p.Files, file)
	}
	return p, nil
}

// merge returns package a with the files of b, whose package clauses it changes in copies
// in dir, or nil if one declares what the other declares or imports.
func merge(a, b toolchain.Package, dir string) (*toolchain.Package, error) {
	name, declared, err := declarations(a.Files)
	if err != nil {
		return nil, err
	}
	_, others, err := declarations(b.Files)
	if err != nil {
		return nil, err
	}
	for other, imported := range others {
		if one, both := declared[other]; both && !(imported && one) {
			return nil, nil
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	one := a
	one.As = map[string]string{}
	one.Imports = append(one.Imports[:len(one.Imports):len(one.Imports)], b.Imports...)
	one.Files = one.Files[:len(one.Files):len(one.Files)]
	for _, file := range b.Files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, text, parser.PackageClauseOnly)
		if err != nil {
			return nil, err
		}
		from, to := fset.Position(parsed.Name.Pos()).Offset, fset.Position(parsed.Name.End()).Offset
		one.As[dir] = filepath.Dir(file)
		moved := filepath.Join(dir, "merged_"+filepath.Base(file))
		if err := os.WriteFile(moved, []byte(string(text[:from])+name+string(text[to:])), 0o600); err != nil {
			return nil, err
		}
		one.Files = append(one.Files, moved)
	}
	return &one, nil
}

// declarations returns the name of the package of files, and the names that it declares
// (false) or imports (true).
func declarations(files []string) (name string, names map[string]bool, err error) {
	names = map[string]bool{}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return "", nil, err
		}
		name = parsed.Name.Name
		for _, d := range parsed.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.Name != "init" {
					names[d.Name.Name] = false
				}
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					declares(spec, names)
				}
			}
		}
	}
	delete(names, "_")
	return name, names, nil
}

func declares(spec ast.Spec, names map[string]bool) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		names[spec.Name.Name] = false
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			names[name.Name] = false
		}
	case *ast.ImportSpec:
		imported, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(imported)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if _, known := names[name]; !known {
			names[name] = true
		}
	}
}
