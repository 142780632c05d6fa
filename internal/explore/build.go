package explore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// program is a package that is built to be explored.
type program struct {
	*loaded
	dir     string // scratch
	binary  string
	box     *sandbox.Box // that it runs in; nil: none
	state   *state
	places  []weave.Place
	files   map[string][]string // the lines of each woven file
	snippet *Snippet
	stands  map[string]string // in the place of which file a file of dir stands
}

// build weaves the package with all of its module that it reaches, and builds the
// test binary of it, with a TestMain that is generated. It is all an overlay: nothing
// is written into the module.
func build(ctx context.Context, l *loaded, subjects []subject, r *Request, dir string) (*program, error) {
	p := &program{loaded: l, dir: dir, binary: filepath.Join(dir, "explored"), box: r.Box, state: newState(), files: map[string][]string{}, snippet: r.Snippet, stands: map[string]string{}}
	overlay, err := p.overlay(subjects)
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
	cmd := exec.CommandContext(ctx, "go", append(args, ".")...)
	cmd.Dir = p.target.Dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS=", "GOARCH=", "TMPDIR="+p.dir, "GOTMPDIR=")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
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

var diagnostic = regexp.MustCompile(`(?m)^(\S+?\.go):(\d+)(?::\d+)?: (.*)$`)

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
func (p *program) overlay(subjects []subject) (string, error) {
	replace := map[string]string{}
	put := func(target string, text []byte) error {
		file := filepath.Join(p.dir, fmt.Sprint(len(replace), filepath.Ext(target)))
		replace[target] = file
		p.stands[file] = target
		return os.WriteFile(file, text, 0o600)
	}
	module := p.target.Module
	for _, of := range p.module {
		files := of.GoFiles
		if of == p.target {
			files = append(append(append([]string(nil), files...), of.TestGoFiles...), of.XTestGoFiles...)
		}
		fixed := map[string]bool{}
		for _, name := range files {
			if err := atStart(filepath.Join(of.Dir, name), fixed); err != nil {
				return "", err
			}
		}
		for _, name := range files {
			if err := p.weave(filepath.Join(of.Dir, name), fixed, put); err != nil {
				return "", err
			}
		}
	}
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

// weave puts a woven file in the place of one of the module's. fixed are the package's
// variables that are used before main begins.
func (p *program) weave(path string, fixed map[string]bool, put func(target string, text []byte) error) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	p.files[path] = strings.Split(string(source), "\n")
	if p.isSnippet(path) {
		source = p.snippet.source // on the same lines
	}
	prepared, err := prepare(filepath.Base(path), source, p.target.Module.Path, fixed, p.state)
	if err != nil {
		return nil // what does not parse is the compiler's to explain
	}
	woven, err := weave.FileAfter(len(p.places), path, prepared, p.target.Module.Path+"/"+place+"/schedule")
	if err != nil {
		return err
	}
	p.places = append(p.places, woven.Places...)
	return put(path, woven.Text)
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
