package toolchain

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// index is what is known of Go and of the prepared packages. It is kept in a file
// beside the archives that it names, in Go's build cache.
type index struct {
	Root     string            // of Go
	Tools    string            // folder of the compiler and the linker
	Lang     string            // the language's version that go.mod asks for, "go1.26"
	Debug    string            // settings that go.mod's version implies; most often none
	Libgcc   string            // file that the linker may need
	Archives map[string]string // import path -> file
	Sources  map[string]string // the module's folders with prepared packages -> digest
}

// Options say what to prepare.
type Options struct {
	Dir      string   // the module's folder
	Packages []string // import paths; what they import is prepared, too
	// Slow, if not nil, is called once if it takes longer than a moment: packages
	// have to be compiled, for up to a minute.
	Slow func()
}

// Open returns what compiles programs that import these packages. It asks go list,
// which compiles what is not compiled yet, only if Go, its settings or the module's
// sources have changed since the last time on this machine.
func Open(ctx context.Context, o Options) (*Toolchain, error) {
	packages := sortedSet(o.Packages)
	file, err := indexFile(o.Dir, packages)
	if err != nil {
		return nil, err
	}
	t := &Toolchain{file: file, kept: filepath.Join(filepath.Dir(file), "archives")}
	t.version = sync.OnceValue(t.hash)
	if text, err := os.ReadFile(file); err == nil && json.Unmarshal(text, &t.index) == nil && t.fresh() {
		t.touch()
		return t, nil
	}
	if o.Slow != nil {
		const moment = time.Second
		slow := time.AfterFunc(moment, o.Slow)
		defer slow.Stop()
	}
	if t.index, err = list(ctx, o.Dir, packages); err != nil {
		return nil, err
	}
	text, err := json.Marshal(&t.index)
	if err == nil {
		_ = write(file, text) // where nothing can be written the next one is made anew
	}
	return t, err
}

// sortedSet returns each package once, and those that every program has.
func sortedSet(packages []string) []string {
	packages = append(slices.Clone(packages), "runtime", "runtime/race", "runtime/cgo")
	slices.Sort(packages)
	return slices.Compact(packages)
}

// fresh reports whether all that the index names is there and as it was.
func (t *Toolchain) fresh() bool {
	if len(t.Archives) == 0 || t.gone() {
		return false
	}
	for dir, then := range t.Sources {
		if now, err := digest(dir); err != nil || now != then {
			return false
		}
	}
	for _, tool := range []string{"compile", "link"} {
		if _, err := os.Stat(filepath.Join(t.Tools, tool)); err != nil {
			return false
		}
	}
	return true
}

// touch keeps Go from removing archives that only this package uses.
func (t *Toolchain) touch() {
	if info, err := os.Stat(t.file); err == nil && time.Since(info.ModTime()) > day {
		touch(append(slices.Collect(maps.Values(t.Archives)), t.file)...)
	}
}

// write writes a file that others may be reading: they see the old one or the new
// one, and whoever is killed leaves no half of it.
func write(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), "new-")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Chmod(0o644), f.Close()); err == nil {
		err = os.Rename(f.Name(), file)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

func (t *Toolchain) sorted() []string { return slices.Sorted(maps.Keys(t.Archives)) }

// list asks go for everything, and has it compile what is missing.
func list(ctx context.Context, dir string, packages []string) (index, error) {
	var x index
	env, err := goCommand(ctx, dir, "env", "-json", "GOROOT", "GOTOOLDIR", "CC")
	if err != nil {
		return x, err
	}
	var go_ struct{ GOROOT, GOTOOLDIR, CC string }
	if err := json.Unmarshal(env, &go_); err != nil {
		return x, fmt.Errorf("go env: %w", err)
	}
	x.Root, x.Tools = go_.GOROOT, go_.GOTOOLDIR
	out, err := goCommand(ctx, dir, append([]string{"list", "-race", "-export", "-deps", "-json=ImportPath,Export,Dir,Module"}, packages...)...)
	if err != nil {
		return x, err
	}
	x.Archives, x.Sources = map[string]string{}, map[string]string{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Export, Dir string
			Module                  *struct {
				Main      bool
				GoVersion string
			}
		}
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return x, fmt.Errorf("go list: %w", err)
		}
		if p.Export != "" {
			x.Archives[p.ImportPath] = p.Export
		}
		if p.Module != nil && p.Module.Main {
			if x.Sources[p.Dir], err = digest(p.Dir); err != nil {
				return x, err
			}
			x.Lang = language(p.Module.GoVersion)
		}
	}
	if x.Debug, err = debugSettings(ctx, dir); err != nil {
		return x, err
	}
	x.Libgcc = libgcc(ctx, go_.CC)
	return x, nil
}

// language is a version of Go's without the part that the language does not depend
// on: "go1.26" of "1.26.0".
func language(version string) string {
	parts := strings.SplitN(version, ".", 3)
	return "go" + strings.Join(parts[:min(2, len(parts))], ".")
}

// debugSettings are those that go build gives a command of the module.
func debugSettings(ctx context.Context, dir string) (string, error) {
	temp, err := os.MkdirTemp("", "interleave-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temp)
	main := filepath.Join(temp, "main.go")
	if err := os.WriteFile(main, []byte("package main\n"), 0o600); err != nil {
		return "", err
	}
	out, err := goCommand(ctx, dir, "list", "-find", "-f", "{{.DefaultGODEBUG}}", main)
	return strings.TrimSpace(string(out)), err
}

// libgcc asks the C compiler, as the linker would each time; "" if it does not tell.
func libgcc(ctx context.Context, cc string) string {
	if cc == "" {
		return ""
	}
	out, err := exec.CommandContext(ctx, cc, "--print-libgcc-file-name").Output()
	file := strings.TrimSpace(string(out))
	if err != nil || !filepath.IsAbs(file) {
		return ""
	}
	return file
}

// Environment is what go is run with: what a user has set for other work must not
// change how programs are judged.
func Environment() []string {
	return append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "GOTOOLCHAIN=local", "CGO_ENABLED=1", "GOOS=", "GOARCH=")
}

func goCommand(ctx context.Context, dir string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = dir, Environment()
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("go %s: %w\n%s", args[0], err, &stderr)
	}
	return out, nil
}
