// Package toolchain compiles and links with the race detector by calling Go's
// compiler and linker directly: some 10 ms a package and 100 ms a program, a third of
// what go build takes to find out that nothing else has changed. What the compiled
// packages import must have been prepared with Open.
//
// It is for packages that exist only while they are judged. Use go build for
// anything else: nothing here is cached, embeds files or holds C or assembly.
package toolchain

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Toolchain has the archives of the packages that were prepared. It is safe for
// concurrent use.
type Toolchain struct {
	index
	file string // that the index is kept in
	kept string // the folder of the archives that are kept

	version func() string
}

// Archive is a compiled package: the path by which importers know it, the path
// that it has in the program, and its file. The two paths differ where several
// packages of one program stand for the same one.
type Archive struct {
	Import, Path, File string
}

// Package is what Compile takes.
type Package struct {
	Path    string            // unique in the program; "main" for the command
	Files   []string          // Go files, by absolute path
	As      map[string]string // folders of files -> those that positions name instead
	Imports []string          // what it may import of what was prepared
	Other   []Archive
	Out     string // the archive that is written
	Quickly bool   // no function is inlined, which saves a fourth of the time
	header  bool   // it is the header of one
}

// Refused is the output of a compiler or linker that ran and said no.
type Refused struct{ Output string }

func (r *Refused) Error() string { return r.Output }

// Has reports whether all these packages were prepared.
func (t *Toolchain) Has(packages []string) bool {
	return !slices.ContainsFunc(packages, func(path string) bool { return path != "unsafe" && t.Archives[path] == "" })
}

// Version names Go and all that was prepared: it changes with any of them.
func (t *Toolchain) Version() string { return t.version() }

func (t *Toolchain) hash() string {
	hash := sha256.New()
	fmt.Fprintf(hash, "%q %q %q\n", t.Root, t.Lang, t.Debug)
	for _, path := range t.sorted() {
		fmt.Fprintf(hash, "%q %q\n", path, filepath.Base(t.Archives[path])) // which is a digest
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// Compile compiles one package with the race detector and without cgo. Importing
// anything but what p names is an error of the compiler's, like any other a *Refused.
func (t *Toolchain) Compile(ctx context.Context, p Package) error {
	var config strings.Builder
	for _, path := range p.Imports {
		if file := t.Archives[path]; file != "" {
			fmt.Fprintf(&config, "packagefile %s=%s\n", path, file)
		}
	}
	for _, a := range p.Other {
		if a.Import != a.Path {
			fmt.Fprintf(&config, "importmap %s=%s\n", a.Import, a.Path)
		}
		fmt.Fprintf(&config, "packagefile %s=%s\n", a.Path, a.File)
	}
	cfg := p.Out + ".importcfg"
	if err := os.WriteFile(cfg, []byte(config.String()), 0o600); err != nil {
		return err
	}
	args := append([]string{"-o", p.Out, "-importcfg", cfg}, t.options(p)...)
	var moved []string
	for from, to := range p.As {
		moved = append(moved, from+"=>"+to)
	}
	if moved != nil {
		args = append(args, "-trimpath", strings.Join(moved, ";"))
	}
	return t.run(ctx, filepath.Dir(p.Out), "compile", append(args, p.Files...))
}

// options are those that a package is compiled with, wherever its files are.
func (t *Toolchain) options(p Package) []string {
	options := []string{"-p", p.Path, "-lang=" + t.Lang, "-race", "-nolocalimports", "-c=1", "-dwarf=false", "-pack"}
	if p.header {
		options = append(options, "-linkshared")
	} else {
		options = append(options, "-complete")
	}
	if p.Quickly {
		options = append(options, "-l")
	}
	return options
}

// Link makes a program of a main package's archive and of all archives that it
// reaches and that were not prepared. Nothing of it can be read by a debugger. It begins
// at the symbol entry, or where Go's programs do if that is "".
func (t *Toolchain) Link(ctx context.Context, main string, others []Archive, entry, out string) error {
	var config strings.Builder
	for _, path := range t.sorted() {
		fmt.Fprintf(&config, "packagefile %s=%s\n", path, t.Archives[path])
	}
	for _, a := range others {
		fmt.Fprintf(&config, "packagefile %s=%s\n", a.Path, a.File)
	}
	cfg := out + ".importcfg"
	if err := os.WriteFile(cfg, []byte(config.String()), 0o600); err != nil {
		return err
	}
	args := []string{"-o", out, "-importcfg", cfg, "-race", "-s", "-w", "-buildmode=exe", "-buildid="}
	if entry != "" {
		args = append(args, "-E="+entry)
	}
	if t.Libgcc != "" { // or the linker asks the C compiler where it is
		args = append(args, "-libgcc="+t.Libgcc)
	}
	if t.Debug != "" {
		args = append(args, "-X=runtime.godebugDefault="+t.Debug)
	}
	return t.run(ctx, filepath.Dir(out), "link", append(args, main))
}

// run calls one of Go's tools, which ends with its children when ctx does.
func (t *Toolchain) run(ctx context.Context, dir, tool string, args []string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(t.Tools, tool), args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOROOT="+t.Root, "TMPDIR="+dir,
		"GOGC=400") // a tenth less to compute, for a few MB
	if tool == "compile" { // which does one thing after the other, told -c=1
		cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Start()
	if err == nil {
		limit(cmd.Process.Pid)
		err = cmd.Wait()
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil:
		return nil
	case errors.As(err, &exit) && exit.Exited() && out.Len() > 0 && !t.gone():
		return &Refused{out.String()}
	}
	return fmt.Errorf("go tool %s: %w\n%s", tool, err, &out)
}

// gone reports whether an archive has been removed since it was prepared.
func (t *Toolchain) gone() bool {
	for _, file := range t.Archives {
		if _, err := os.Stat(file); err != nil {
			return true
		}
	}
	return false
}
