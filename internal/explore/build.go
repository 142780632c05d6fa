package explore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"go/version"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// program is a package that is built to be explored.
type program struct {
	*loaded
	dir     string // scratch
	binary  string
	box     *sandbox.Box // that it runs in; nil: none
	keeps   bool         // a run may leave something for the next
	places  []weave.Place
	files   map[string][]string // the lines of each woven file
	snippet *Snippet
	stands  map[string]string // in the place of which file a file of dir stands
}

// build weaves the package with all of its module that it reaches, and builds the
// test binary of it, with a TestMain that is generated. It is all an overlay: nothing
// is written into the module.
func build(ctx context.Context, l *loaded, subjects []subject, r *Request, dir string) (*program, error) {
	p := &program{loaded: l, dir: dir, binary: filepath.Join(dir, "explored"), box: r.Box, files: map[string][]string{}, snippet: r.Snippet, stands: map[string]string{}}
	overlay, err := p.overlay(ctx, subjects)
	if err != nil {
		return nil, err
	}
	woven := p.compile(ctx, p.binary, "-overlay", overlay)
	var refused *refusal
	if !errors.As(woven, &refused) {
		return p, woven
	}
	if p.snippet != nil {
		return nil, fmt.Errorf("the snippet cannot stand alone: what it uses has to be declared in it, or outside of main. "+
			"Of the rest of the cell it knows nothing. Go says:\n%s", refused.text)
	}
	// What is wrong with a program is best read off its own text.
	if err := p.compile(ctx, os.DevNull); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%s compiles, but not so that it can be explored: in its module, sync and sync/atomic are exchanged for others, "+
		"and a value of their types cannot go to another module's functions. Where Go says so:\n%s", l.target.ImportPath, refused.text)
}

// refusal is what the compiler says.
type refusal struct{ text string }

func (r *refusal) Error() string { return "the package does not compile:\n" + r.text }

func (p *program) compile(ctx context.Context, binary string, more ...string) error {
	// Version control of somebody else's folder may run what that folder says.
	args := append([]string{"test", "-c", "-race", "-vet=off", "-buildvcs=false", "-ldflags=-s -w", "-o", binary}, more...)
	cmd := goCommand(ctx, p.target.Dir, append(args, ".")...)
	cmd.Env = append(cmd.Env, "TMPDIR="+p.dir, "GOTMPDIR=")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &exit):
		return &refusal{p.diagnostics(out.String())}
	case err != nil:
		return fmt.Errorf("go test -c: %w", err)
	}
	return nil
}

var diagnostic = regexp.MustCompile(`(?m)^(\S+?\.go):(\d+)(?::\d+)?: (.*(?:\n\t.*)*)$`)

// diagnostics tells what the compiler printed by the program's own lines, as far as it
// is about lines.
func (p *program) diagnostics(printed string) string {
	var told []string
	for _, m := range diagnostic.FindAllStringSubmatch(printed, -1) {
		file, line := m[1], 0
		if !filepath.IsAbs(file) {
			file = filepath.Join(p.target.Dir, file)
		}
		fmt.Sscan(m[2], &line)
		if target := p.stands[file]; target != "" {
			file = target
		}
		told = append(told, p.at(file, line)+": "+m[3])
	}
	if told == nil {
		return strings.TrimSpace(printed)
	}
	return strings.Join(told, "\n")
}

// overlay writes what the build replaces and returns the file that says so.
func (p *program) overlay(ctx context.Context, subjects []subject) (string, error) {
	replace := map[string]string{}
	put := func(target string, text []byte) error {
		file := filepath.Join(p.dir, fmt.Sprint(len(replace), filepath.Ext(target)))
		replace[target] = file
		p.stands[file] = target
		return os.WriteFile(file, text, 0o600)
	}
	if err := p.weave(ctx, put); err != nil {
		return "", err
	}
	module := p.target.Module
	err := copies(module.Path, func(file string, text []byte) error {
		return put(filepath.Join(module.Dir, place, filepath.FromSlash(file)), text)
	})
	if err != nil {
		return "", err
	}
	for name, text := range p.generated(subjects) {
		if err := put(filepath.Join(p.target.Dir, name), []byte(text)); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(p.dir, "overlay.json")
	return file, os.WriteFile(file, text, 0o600)
}

// weave puts woven files in the place of the module's.
func (p *program) weave(ctx context.Context, put func(target string, text []byte) error) error {
	types := newChecker()
	var paths []string
	var sources []*weave.Source
	for _, of := range p.module {
		files := map[string][]string{of.ImportPath: of.GoFiles}
		if of == p.target {
			files[of.ImportPath] = slices.Concat(of.GoFiles, of.TestGoFiles)
			files[of.ImportPath+"_test"] = of.XTestGoFiles
		}
		fixed := map[string]bool{} // variables that are used before main begins
		for _, name := range slices.Concat(slices.Collect(maps.Values(files))...) {
			if err := atStart(filepath.Join(of.Dir, name), fixed); err != nil {
				return err
			}
		}
		for _, unit := range slices.Sorted(maps.Keys(files)) {
			for _, name := range files[unit] {
				path := filepath.Join(of.Dir, name)
				source, err := p.source(types.fset, path, fixed)
				if err != nil {
					return err
				}
				if source == nil {
					continue // what does not parse is the compiler's to explain
				}
				types.add(unit, source.File)
				source.Go, source.Over = of.Module.language(), types.over
				paths, sources = append(paths, path), append(sources, source)
			}
		}
	}
	if err := types.check(ctx, p.target.Dir); err != nil {
		return err
	}
	p.keeps = types.keeps()
	for i, source := range sources {
		woven := source.Weave(len(p.places), p.target.Module.Path+"/"+place+"/schedule")
		p.places = append(p.places, woven.Places...)
		text := woven.Text
		if version.Compare(source.Go, leastVersion) < 0 {
			text = atLeast(leastVersion, paths[i], text)
		}
		if err := put(paths[i], text); err != nil {
			return err
		}
	}
	return nil
}

// source reads a file as it is woven, nil if it cannot be parsed.
func (p *program) source(fset *token.FileSet, path string, fixed map[string]bool) (*weave.Source, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	p.files[path] = strings.Split(string(text), "\n")
	if p.isSnippet(path) {
		text = p.snippet.source // on the same lines
	}
	prepared, err := prepare(filepath.Base(path), text, p.target.Module.Path, fixed)
	if err != nil {
		return nil, nil
	}
	return weave.Parse(fset, path, prepared)
}

// generated are the files that are added to the package: its TestMain, and what
// makes main known to it.
func (p *program) generated(subjects []subject) map[string]string {
	files := map[string]string{}
	var list strings.Builder
	tested := false
	for _, s := range subjects {
		call := s.call
		if s.main {
			files["interleave_main_test.go"] = "package main\n\nfunc InterleaveMain() { main() }\n"
			call = "func(*testing.T) { tested.InterleaveMain() }"
		}
		tested = tested || strings.Contains(call, "tested.")
		fmt.Fprintf(&list, "\t\t{Name: %q, Main: %v, Run: %s},\n", s.name, s.main && p.snippet == nil, call)
	}
	imports := ""
	if tested {
		imports = fmt.Sprintf("\ttested %q\n", p.target.ImportPath)
	}
	files["interleave_explore_test.go"] = fmt.Sprintf(`package %s_test

import (
	"testing"

	%q
%s)

func TestMain(*testing.M) {
	inside.Main([]inside.Subject{
%s	})
}
`, p.target.Name, p.target.Module.Path+"/"+place+"/inside", imports, list.String())
	return files
}
