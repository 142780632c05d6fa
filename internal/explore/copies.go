package explore

import (
	"bytes"
	"embed"
	"fmt"
	"go/build/constraint"
	"io/fs"
	"path"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine"
)

// What programs need to run under schedules is put into their own module, with the
// import paths that it has there.
const (
	enginePath  = "github.com/interleave-lab/interleave/internal/engine/"
	explorePath = "github.com/interleave-lab/interleave/internal/explore/"
	// place is where, in a module; nothing is written there.
	place = "internal/interleaveschedule"
)

//go:embed inside/*.go order/*.go
var ours embed.FS

// copies calls put with the copies' places below place, and their text for a module.
func copies(module string, put func(file string, text []byte) error) error {
	paths := strings.NewReplacer(`"`+enginePath, `"`+module+"/"+place+"/", `"`+explorePath, `"`+module+"/"+place+"/")
	for _, all := range []fs.FS{engine.Sources, ours} {
		err := fs.WalkDir(all, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || strings.HasSuffix(name, "_test.go") {
				return err
			}
			if name == assembly {
				return nil
			}
			text, err := fs.ReadFile(all, name)
			if err != nil {
				return err
			}
			if name == withoutAssembly {
				text = bytes.Replace(text, []byte("//go:build !amd64 && !arm64\n"), nil, 1)
			}
			return put(name, atLeast(languageVersion, path.Base(name), []byte(paths.Replace(string(text)))))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Go does not assemble in a folder that an overlay makes, so the copies do without:
// a goroutine then finds out who it is in a microsecond.
const assembly, withoutAssembly = "schedule/assembly.go", "schedule/assembly_other.go"

const (
	// languageVersion is the one that the copies are written in.
	languageVersion = "go1.26"
	// leastVersion is the first in which woven text compiles: it has generic functions.
	leastVersion = "go1.18"
)

// atLeast has a file compiled as that version of Go, whatever its module's is. Its lines
// stay what they are.
func atLeast(version, name string, source []byte) []byte {
	for line := range bytes.Lines(source) {
		text := strings.TrimSpace(string(line))
		if !constraint.IsGoBuild(text) {
			continue
		}
		if expr, err := constraint.Parse(text); err == nil {
			both := &constraint.AndExpr{X: expr, Y: &constraint.TagExpr{Tag: version}}
			return bytes.Replace(source, line, []byte("//go:build "+both.String()+"\n"), 1)
		}
	}
	return append(fmt.Appendf(nil, "//go:build %s\n\n//line %s:1\n", version, name), source...)
}
