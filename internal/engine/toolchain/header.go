package toolchain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
)

// Header returns what importers of a package of one file are compiled against: its
// types and constants, and its exported functions and all methods without their
// bodies. Programs that differ only within functions have the same header, and so the
// same archive of what imports them, which need not be compiled for each.
//
// It holds no variables, and nothing generic: importers that use any do not compile
// against it, and have to be compiled against the package itself.
//
// Importers have a package initialised only if they see that there is something to do.
// So that a header shows it, whatever the package is, initialised names an import that
// the package has and that has something to do itself.
func Header(source []byte, initialised string) ([]byte, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var kept []ast.Decl
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if (d.Recv != nil || d.Name.IsExported()) && !generic(d) {
				d.Doc, d.Body = nil, nil
				kept = append(kept, d)
			}
		case *ast.GenDecl:
			d.Specs = slices.DeleteFunc(d.Specs, genericType)
			if (d.Tok == token.TYPE || d.Tok == token.CONST) && len(d.Specs) > 0 {
				d.Doc = nil
				kept = append(kept, d)
			}
		}
	}
	imports := append(usedImports(file, kept), &ast.ImportSpec{Name: ast.NewIdent("_"), Path: &ast.BasicLit{Value: strconv.Quote(initialised)}})
	return rendered(file.Name.Name, imports, kept)
}

// generic reports whether a function, or the type that it is a method of, is generic:
// what a compiler makes for its type arguments depends on bodies.
func generic(f *ast.FuncDecl) bool {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Type.TypeParams != nil
	}
	receiver := f.Recv.List[0].Type
	for {
		switch x := receiver.(type) {
		case *ast.StarExpr:
			receiver = x.X
		case *ast.ParenExpr:
			receiver = x.X
		case *ast.IndexExpr, *ast.IndexListExpr:
			return true
		default:
			return false
		}
	}
}

func genericType(spec ast.Spec) bool {
	t, ok := spec.(*ast.TypeSpec)
	return ok && t.TypeParams != nil
}

// usedImports are those of a file that declarations name something of. The name of
// one without any is guessed: a wrong guess is a header that does not compile.
func usedImports(file *ast.File, decls []ast.Decl) (used []*ast.ImportSpec) {
	names := map[string]bool{}
	for _, d := range decls {
		ast.Inspect(d, func(n ast.Node) bool {
			if selected, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := selected.X.(*ast.Ident); ok {
					names[x.Name] = true
				}
			}
			return true
		})
	}
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(imported)
		if major := name; len(major) > 1 && major[0] == 'v' && '0' <= major[1] && major[1] <= '9' {
			name = path.Base(path.Dir(imported))
		}
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if names[name] {
			used = append(used, spec)
		}
	}
	return used
}

// rendered is the text of declarations, alike wherever they stood: without comments and
// without the lines that the author broke.
func rendered(name string, imports []*ast.ImportSpec, decls []ast.Decl) ([]byte, error) {
	var out bytes.Buffer
	fmt.Fprintf(&out, "package %s\n", name)
	for _, spec := range imports {
		as := ""
		if spec.Name != nil {
			as = spec.Name.Name + " "
		}
		fmt.Fprintf(&out, "import %s%s\n", as, spec.Path.Value)
	}
	nowhere := token.NewFileSet() // in which no position has a line
	for _, d := range decls {
		ast.Inspect(d, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Field:
				n.Doc, n.Comment = nil, nil
			case *ast.TypeSpec:
				n.Doc, n.Comment = nil, nil
			case *ast.ValueSpec:
				n.Doc, n.Comment = nil, nil
			}
			return true
		})
		out.WriteByte('\n')
		if err := printer.Fprint(&out, nowhere, d); err != nil {
			return nil, err
		}
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

// CompileHeader compiles a package's Header in its stead, and keeps the archive as
// CompileKept does: p's one file must hold it.
//
// The compiler is told that the package is linked as a shared one is. Importers then
// name what it has, and do not number it: the numbers would be those of the header.
func (t *Toolchain) CompileHeader(ctx context.Context, p Package) (Archive, error) {
	p.header = true
	file, err := t.CompileKept(ctx, p)
	return Archive{Import: p.Path, Path: p.Path, File: file}, err
}

// StandIn gives an archive the fingerprint of a header's: the linker asks whether
// importers were compiled against what it links. They were, for all that they can see.
func StandIn(archive, header string) error {
	text, err := os.ReadFile(header)
	if err != nil {
		return err
	}
	from, err := fingerprint(text)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(header), err)
	}
	own, err := os.ReadFile(archive)
	if err != nil {
		return err
	}
	at, err := fingerprint(own)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(archive), err)
	}
	f, err := os.OpenFile(archive, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(text[from:from+fingerprintSize], int64(at))
	return errors.Join(err, f.Close())
}

const fingerprintSize = 8

// fingerprint returns where an archive has that of its object. The archive is one of
// ar's: what importers read, and then the object, which begins with a line of text,
// one with an exclamation mark and the words after which the fingerprint stands
// (cmd/internal/archive and cmd/internal/goobj).
func fingerprint(archive []byte) (int, error) {
	const begins, entry, sizeAt, sizeEnds, object = "!<arch>\n", 60, 48, 58, "\n!\n\x00go120ld"
	unknown := errors.New("the archive is not of the form that is known")
	if len(archive) < len(begins)+entry || string(archive[:len(begins)]) != begins {
		return 0, unknown
	}
	exports := archive[len(begins):]
	size, err := strconv.Atoi(string(bytes.TrimRight(exports[sizeAt:sizeEnds], " ")))
	if err != nil || size < 0 || size > len(exports)-2*entry {
		return 0, unknown
	}
	at := len(begins) + entry + size + size%2 + entry
	text := bytes.Index(archive[min(at, len(archive)):], []byte(object))
	if text < 0 || at+text+len(object)+fingerprintSize > len(archive) {
		return 0, unknown
	}
	return at + text + len(object), nil
}
