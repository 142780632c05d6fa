package explore

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// goPackage is what go list tells of a package.
type goPackage struct {
	ImportPath, Dir, Name string
	GoFiles, CgoFiles     []string
	TestGoFiles           []string
	XTestGoFiles          []string
	Imports               []string
	Standard, DepOnly     bool
	ForTest               string
	Module                *goModule
	Error                 *struct{ Err string }
}

// goModule is one that a package belongs to.
type goModule struct{ Path, Dir, GoVersion string }

// language is the version of Go in which its files are written that say no other.
func (m *goModule) language() string {
	return "go" + cmp.Or(m.GoVersion, "1.16") // which is what no version means
}

// loaded is a package and what it reaches.
type loaded struct {
	target *goPackage
	module []*goPackage // of its own module, the target among them: these are woven
	native []string     // import paths of other modules that those import, and of those with cgo
}

// load asks Go about the package in a folder. Its tests' imports count as its own.
// overlay is a file with what stands in the place of its files, or "".
func load(ctx context.Context, dir, overlay string) (*loaded, error) {
	args := []string{"list", "-e", "-race", "-deps", "-test",
		"-json=ImportPath,Dir,Name,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Imports,Standard,DepOnly,ForTest,Module,Error"}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	cmd := goCommand(ctx, dir, append(args, ".")...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if strings.Contains(complaint.String(), "go.mod file not found") {
			return nil, noModule(dir)
		}
		return nil, fmt.Errorf("go list in %s: %w: %s", dir, err, strings.TrimSpace(complaint.String()))
	}
	var all []*goPackage
	for d := json.NewDecoder(&out); ; {
		p := new(goPackage)
		if err := d.Decode(p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("what go list prints in %s: %w", dir, err)
		}
		all = append(all, p)
	}
	return sortOut(dir, all)
}

// sortOut finds the package of a folder among all that it reaches.
func sortOut(dir string, all []*goPackage) (*loaded, error) {
	l := &loaded{}
	for _, p := range all {
		if !p.DepOnly && p.ForTest == "" && !strings.HasSuffix(p.ImportPath, ".test") {
			l.target = p
		}
	}
	switch t := l.target; {
	case t == nil:
		return nil, fmt.Errorf("%s holds no Go package", dir)
	case t.Error != nil && strings.HasPrefix(t.Error.Err, "no Go files in "):
		return nil, fmt.Errorf("no Go files are in %s: name the folder of one package", dir)
	case t.Error != nil && t.Name == "":
		return nil, errors.New(strings.TrimSpace(t.Error.Err))
	case t.Module == nil || t.Module.Dir == "":
		return nil, noModule(dir)
	}
	native := map[string]bool{}
	ours := map[string]bool{}
	for _, p := range all {
		// A package that is built anew for the test is listed twice, with the same files.
		if p.Module == nil || p.Module.Path != l.target.Module.Path || p.ForTest != "" || strings.HasSuffix(p.ImportPath, ".test") || isSchedules(p.ImportPath) {
			continue
		}
		if len(p.CgoFiles) > 0 {
			if p == l.target {
				return nil, fmt.Errorf("%s cannot be explored, because it uses cgo", p.ImportPath)
			}
			native[p.ImportPath] = true
			continue
		}
		ours[p.ImportPath] = true
		l.module = append(l.module, p)
	}
	standard := map[string]bool{"C": true, "unsafe": true}
	for _, p := range all {
		standard[p.ImportPath] = standard[p.ImportPath] || p.Standard
	}
	for _, p := range all {
		if base, _, _ := strings.Cut(p.ImportPath, " "); !ours[base] && !ours[strings.TrimSuffix(base, "_test")] {
			continue
		}
		for _, path := range p.Imports {
			path, _, _ = strings.Cut(path, " ")
			if !ours[path] && !standard[path] {
				native[path] = true
			}
		}
	}
	for path := range native {
		l.native = append(l.native, path)
	}
	slices.Sort(l.native)
	return l, nil
}

func noModule(dir string) error {
	return fmt.Errorf("%s belongs to no module: run go mod init there first", dir)
}

// isSchedules reports whether a package is one that schedules are made of.
func isSchedules(path string) bool {
	_, below, ok := strings.Cut(path, enginePath)
	first, _, _ := strings.Cut(below, "/")
	return ok && slices.Contains([]string{"schedule", "stack", "wire"}, first)
}

// goCommand is a run of Go's command in a folder, for this machine and, as the race
// detector needs it, with cgo: else lists and builds would be of other files.
func goCommand(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=1", "GOOS=", "GOARCH=")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

// resolve returns a folder as stacks name the files in it: whole, with links followed.
func resolve(dir string) (string, error) {
	info, err := os.Stat(dir)
	switch {
	case strings.Contains(dir, "..."):
		return "", fmt.Errorf("%s stands for many packages: name the folder of one", dir)
	case err != nil:
		return "", err
	case !info.IsDir():
		return "", fmt.Errorf("%s is a file: name the folder of a package", dir)
	}
	if dir, err = filepath.EvalSymlinks(dir); err != nil {
		return "", err
	}
	return filepath.Abs(dir)
}
