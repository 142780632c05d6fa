package jupyter

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The oldest versions that the course works with; tools/machine.sh asks for the
// same before it sets anything up.
const (
	oldestGo     = 26 // Go 1.N
	oldestPython = 11 // Python 3.N
)

var minorVersion = regexp.MustCompile(`(?:go1|Python 3)\.(\d+)`)

// atLeast reports whether a version such as "go1.26.8" or "Python 3.12.1" has
// at least this minor.
func atLeast(version string, minor int) bool {
	m := minorVersion.FindStringSubmatch(version)
	if m == nil {
		return false
	}
	n, err := strconv.Atoi(m[1])
	return err == nil && n >= minor
}

func (d *Doctor) goTool(ctx context.Context) (string, *problem) {
	install := fmt.Sprintf("install Go 1.%d or newer from https://go.dev/dl/ and put it first on PATH", oldestGo)
	path, err := exec.LookPath("go")
	if err != nil {
		return "", &problem{"go is not on PATH", install}
	}
	cmd := exec.CommandContext(ctx, path, "env", "GOVERSION")
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN=local") // a cell may not fetch a newer one
	cmd.Dir = os.TempDir()
	out, err := cmd.Output()
	version := strings.TrimSpace(string(out))
	if err != nil {
		return "", &problem{fmt.Sprintf("%s does not run: %v", path, err), install}
	}
	if !atLeast(version, oldestGo) {
		return "", &problem{fmt.Sprintf("%s is %s", path, version), install}
	}
	return version + ", " + path, nil
}

func (d *Doctor) python(ctx context.Context) (string, *problem) {
	path := filepath.Join(d.venv, "bin", "python")
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	version := strings.TrimSpace(string(out))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", &problem{path + " is missing, or the Python that it was made from is", setup}
	case err != nil:
		return "", &problem{fmt.Sprintf("%s does not run: %v", path, err), "run make clean setup"}
	case !atLeast(version, oldestPython):
		return "", &problem{path + " is " + version, fmt.Sprintf("install Python 3.%d or newer, then run make clean setup", oldestPython)}
	}
	return version + ", " + path, nil
}

//go:embed packages.py
var packages string

func (d *Doctor) packages(ctx context.Context) (string, *problem) {
	cmd := exec.CommandContext(ctx, filepath.Join(d.venv, "bin", "python"), "-I", "-c", packages, d.requirements)
	log := new(tail)
	cmd.Stderr = log
	out, err := cmd.Output()
	if err != nil {
		return "", &problem{fmt.Sprintf("cannot be compared: %v %s", err, log), "run make clean setup"}
	}
	if len(out) > 0 {
		return "", &problem{strings.ReplaceAll(strings.TrimSpace(string(out)), "\n", "; "), setup}
	}
	return "as pinned in " + filepath.Base(d.requirements), nil
}

// binary checks that a command is what its sources, in a module of the clone,
// would make of it now. In a clone that cannot be written it only has to be there.
func (d *Doctor) binary(name, module, pkg string) func(context.Context) (string, *problem) {
	return func(ctx context.Context) (string, *problem) {
		path := filepath.Join(d.bin, name)
		if _, err := os.Stat(path); err != nil {
			return "", &problem{path + " is missing", setup}
		}
		if !writable(d.bin) {
			// An image's clone was built once, and holds not all of the sources.
			return "installed, " + path, nil
		}
		cmd := exec.CommandContext(ctx, "go", "list", "-f", "{{if .Stale}}{{.StaleReason}}{{end}}", pkg)
		cmd.Dir = filepath.Join(d.root, module)
		cmd.Env = append(Environment(d.root), "GOBIN="+d.bin, "GOFLAGS=-buildvcs=false", "GOTOOLCHAIN=local")
		log := new(tail)
		cmd.Stderr = log
		out, err := cmd.Output()
		if err != nil {
			return "", &problem{fmt.Sprintf("go list does not know: %v %s", err, log), setup}
		}
		if reason := strings.TrimSpace(string(out)); reason != "" {
			return "", &problem{path + " is not what its sources make now: " + reason, setup}
		}
		return "current, " + path, nil
	}
}

func (d *Doctor) kernelSpec(context.Context) (string, *problem) {
	path := SpecPath(d.venv)
	text, err := os.ReadFile(path)
	if err != nil {
		return "", &problem{path + " is missing", "run interleave kernel install"}
	}
	want, err := NewSpec(d.root)
	if err != nil {
		return "", &problem{err.Error(), setup}
	}
	if !bytes.Equal(text, want.JSON()) {
		return "", &problem{path + " is not the one of this clone", "run interleave kernel install"}
	}
	return path, nil
}

var (
	extensionLine = regexp.MustCompile(`(?m)^\s*interleave-charts v.*$`)
	ansi          = regexp.MustCompile("\x1b\\[[0-9;]*m")
)

func (d *Doctor) extension(ctx context.Context) (string, *problem) {
	cmd := exec.CommandContext(ctx, filepath.Join(d.venv, "bin", "python"), "-I", "-m", "jupyterlab.labextensions", "list")
	cmd.Env = Environment(d.root)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return "", &problem{fmt.Sprintf("JupyterLab does not list its extensions: %v", err), setup}
	}
	line := strings.TrimSpace(extensionLine.FindString(ansi.ReplaceAllString(string(out), "")))
	switch {
	case line == "":
		return "", &problem{"not installed", setup}
	case strings.Contains(line, "disabled"):
		return "", &problem{"disabled", "run .venv/bin/jupyter labextension enable interleave-charts"}
	case !strings.Contains(line, " enabled OK"):
		return "", &problem{line, setup}
	}
	installed, err := os.Stat(filepath.Join(d.venv, "share", "jupyter", "labextensions", "interleave-charts", "package.json"))
	if err != nil {
		return "", &problem{err.Error(), setup}
	}
	if source := newest(filepath.Join(d.charts, "src")); source.After(installed.ModTime()) {
		return "", &problem{"older than its source", setup}
	}
	return "installed and enabled", nil
}

func newest(dir string) (latest time.Time) {
	filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := entry.Info(); err == nil && info.ModTime().After(latest) {
			latest = info.ModTime()
		}
		return nil
	})
	return latest
}

// cache asks Go what it would still have to compile for a cell with helpers,
// and for a check, which is built with the race detector.
func (d *Doctor) cache(ctx context.Context) (string, *problem) {
	missing := 0
	for _, arguments := range [][]string{
		{"build", "-n", "./kernel-helpers/..."},
		{"build", "-n", "-race", "testing"},
	} {
		cmd := exec.CommandContext(ctx, "go", arguments...)
		cmd.Dir = d.root
		cmd.Env = append(Environment(d.root), "GOPROXY=off", "GOTOOLCHAIN=local", "GOFLAGS=-buildvcs=false")
		out, err := cmd.CombinedOutput()
		if err != nil {
			return "", &problem{fmt.Sprintf("the helpers do not build: %v\n%s", err, excerpt(string(out))), "run go build ./kernel-helpers/... and mend what it says"}
		}
		missing += strings.Count(string(out), "/compile -o ")
	}
	if missing > 0 {
		return "", &problem{fmt.Sprintf("cold: %d packages have to be compiled first", missing), "run interleave warm"}
	}
	return "warm", nil
}
