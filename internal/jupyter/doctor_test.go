package jupyter

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/project"
)

func realDoctor(t *testing.T) *Doctor {
	t.Helper()
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	d := NewDoctor(root)
	if _, err := python(root); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestDoctorFindsWhatIsSound(t *testing.T) {
	d := realDoctor(t)
	for name, check := range map[string]func(context.Context) (string, *problem){
		"Go": d.goTool, "Python": d.python, "packages": d.packages,
		"spec": d.kernelSpec, "extension": d.extension,
		"gonb":  d.binary("gonb", ".", "github.com/janpfeifer/gonb"),
		"gopls": d.binary("gopls", "tools", "golang.org/x/tools/gopls"),
	} {
		if detail, p := check(t.Context()); p != nil {
			t.Errorf("%s: %+v", name, *p)
		} else if detail == "" {
			t.Errorf("%s: nothing told of it", name)
		}
	}
}

// Each case breaks one part for real.
func TestDoctorFindsWhatIsBroken(t *testing.T) {
	d := realDoctor(t)
	for name, tc := range map[string]struct {
		check      func(t *testing.T, d *Doctor) (string, *problem)
		what, mend string
	}{
		"no Go": {func(t *testing.T, d *Doctor) (string, *problem) {
			t.Setenv("PATH", t.TempDir())
			return d.goTool(t.Context())
		}, "not on PATH", "install Go 1.26"},
		"an old Go first on PATH": {func(t *testing.T, d *Doctor) (string, *problem) {
			dir := t.TempDir()
			script(t, filepath.Join(dir, "go"), "echo go1.22.1")
			t.Setenv("PATH", dir)
			return d.goTool(t.Context())
		}, "go1.22.1", "first on PATH"},
		"a Go that does not run": {func(t *testing.T, d *Doctor) (string, *problem) {
			dir := t.TempDir()
			script(t, filepath.Join(dir, "go"), "exit 3")
			t.Setenv("PATH", dir)
			return d.goTool(t.Context())
		}, "exit status 3", "install Go"},
		"no Python": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.venv = t.TempDir()
			return d.python(t.Context())
		}, "missing", "make setup"},
		"an old Python": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.venv = t.TempDir()
			script(t, filepath.Join(d.venv, "bin", "python"), "echo Python 3.9.2")
			return d.python(t.Context())
		}, "Python 3.9.2", "install Python 3.11"},
		"a package of another version": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.requirements = write(t, "jupyterlab==4.0.0 \\\n    --hash=sha256:00\nnbclient==0.0.1 ; sys_platform == 'nowhere' \\\n")
			return d.packages(t.Context())
		}, "not ==4.0.0", "make setup"},
		"a package missing": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.requirements = write(t, "no-such-package==1.0 \\\n")
			return d.packages(t.Context())
		}, "no-such-package is missing", "make setup"},
		"pins that are gone": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.requirements = write(t, "")
			return d.packages(t.Context())
		}, "pins nothing", "make setup"},
		"a command missing": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.bin = t.TempDir()
			return d.binary("gonb", ".", "github.com/janpfeifer/gonb")(t.Context())
		}, "missing", "make setup"},
		"a command of other sources": {func(t *testing.T, d *Doctor) (string, *problem) {
			other := filepath.Join(d.bin, "goimports")
			d.bin = t.TempDir()
			script(t, filepath.Join(d.bin, "gonb"), "")
			copyFile(t, other, filepath.Join(d.bin, "gonb"))
			return d.binary("gonb", ".", "github.com/janpfeifer/gonb")(t.Context())
		}, "not what its sources make", "make setup"},
		"no kernel spec": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.venv = t.TempDir()
			return d.kernelSpec(t.Context())
		}, "missing", "kernel install"},
		"the kernel spec of another clone": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.venv = t.TempDir()
			if _, err := InstallKernel("/another/clone", d.venv); err != nil {
				t.Fatal(err)
			}
			return d.kernelSpec(t.Context())
		}, "not the one of this clone", "kernel install"},
		"the extension not installed": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.venv = environment(t, d.venv)
			if err := os.Remove(filepath.Join(d.venv, "share/jupyter/labextensions/interleave-charts")); err != nil {
				t.Fatal(err)
			}
			return d.extension(t.Context())
		}, "not installed", "make setup"},
		"the extension disabled": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.venv = environment(t, d.venv)
			config := filepath.Join(d.venv, "etc/jupyter/labconfig/page_config.json")
			mkdir(t, filepath.Dir(config))
			if err := os.WriteFile(config, []byte(`{"disabledExtensions": {"interleave-charts": true}}`), 0o644); err != nil {
				t.Fatal(err)
			}
			return d.extension(t.Context())
		}, "disabled", "enable interleave-charts"},
		"the extension older than its source": {func(t *testing.T, d *Doctor) (string, *problem) {
			d.charts = t.TempDir()
			mkdir(t, filepath.Join(d.charts, "src"))
			if err := os.WriteFile(filepath.Join(d.charts, "src", "index.ts"), nil, 0o644); err != nil {
				t.Fatal(err)
			}
			return d.extension(t.Context())
		}, "older than its source", "make setup"},
		"a cold cache": {func(t *testing.T, d *Doctor) (string, *problem) {
			t.Setenv("GOCACHE", t.TempDir())
			return d.cache(t.Context())
		}, "have to be compiled", "interleave warm"},
		"a kernel that does not start": {func(t *testing.T, d *Doctor) (string, *problem) {
			return withSpec(t, d, "kernel", func(s *Spec) { s.Argv = []string{"/bin/false"} })
		}, "does not start", "make setup"},
		"a kernel without the helpers": {func(t *testing.T, d *Doctor) (string, *problem) {
			other := t.TempDir()
			if err := os.WriteFile(filepath.Join(other, "go.mod"), []byte("module other\n\ngo 1.26\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			return withSpec(t, d, "chart", func(s *Spec) { s.Argv[len(s.Argv)-1] = "-go_work=" + other })
		}, "a cell with a chart fails", "make setup"},
	} {
		t.Run(name, func(t *testing.T) {
			patient := *d
			_, p := tc.check(t, &patient)
			if p == nil {
				t.Fatal("found nothing")
			}
			if !strings.Contains(p.what, tc.what) || !strings.Contains(p.mend, tc.mend) {
				t.Errorf("said %q and to %q; want %q and %q in it", p.what, p.mend, tc.what, tc.mend)
			}
		})
	}
}

// withSpec looks at one part of a kernel whose spec was changed.
func withSpec(t *testing.T, d *Doctor, part string, change func(*Spec)) (string, *problem) {
	t.Helper()
	spec, err := NewSpec(d.root)
	if err != nil {
		t.Fatal(err)
	}
	change(spec)
	d.venv = environment(t, d.venv)
	path := SpecPath(d.venv)
	mkdir(t, filepath.Dir(path))
	if err := os.WriteFile(path, spec.JSON(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("INTERLEAVE_VENV", d.venv)
	var found *problem
	d.kernel(t.Context(), func(f Finding) {
		if f.Part == part && !f.OK {
			found = &problem{f.Detail, f.Mend}
		}
	})
	return "", found
}

// environment returns a Python environment that shares its packages with the
// project's, and whose kernel specs, extensions and settings are its own.
func environment(t *testing.T, venv string) string {
	t.Helper()
	dir := t.TempDir()
	copyFile(t, filepath.Join(venv, "pyvenv.cfg"), filepath.Join(dir, "pyvenv.cfg"))
	link(t, filepath.Join(venv, "lib"), filepath.Join(dir, "lib"))
	base, err := filepath.EvalSymlinks(filepath.Join(venv, "bin", "python"))
	if err != nil {
		t.Fatal(err)
	}
	link(t, base, filepath.Join(dir, "bin", "python"))
	for _, shared := range []string{"lab", "nbconvert", "labextensions/interleave-charts"} {
		link(t, filepath.Join(venv, "share/jupyter", shared), filepath.Join(dir, "share/jupyter", shared))
	}
	out, err := exec.Command(filepath.Join(dir, "bin", "python"), "-I", "-c", "import sys, nbclient; print(sys.prefix)").Output()
	if err != nil || strings.TrimSpace(string(out)) != dir {
		t.Fatalf("the environment does not work: %s %v", out, err)
	}
	return dir
}

func script(t *testing.T, path, body string) {
	t.Helper()
	mkdir(t, filepath.Dir(path))
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "requirements.txt")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, text, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, from, to string) {
	t.Helper()
	mkdir(t, filepath.Dir(to))
	if err := os.Symlink(from, to); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}
