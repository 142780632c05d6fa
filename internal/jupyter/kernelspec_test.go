package jupyter_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter"
)

func TestKernelSpecPointsAtTheClone(t *testing.T) {
	root, prefix := "/clones/with space", t.TempDir()
	path, err := jupyter.InstallKernel(root, prefix)
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(prefix, "share/jupyter/kernels/gonb/kernel.json"); path != want {
		t.Errorf("written to %s, want %s", path, want)
	}
	spec, err := jupyter.ReadSpec(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(spec.Argv, "|"); got != "/clones/with space/bin/gonb|-kernel|{connection_file}|-logtostderr=true|-raw_error=true|-go_work=/clones/with space" {
		t.Errorf("argv is %s", got)
	}
	if spec.InterruptMode != "message" {
		t.Errorf("interrupt_mode is %q", spec.InterruptMode)
	}
	for name, want := range map[string]string{
		"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "-ldflags=-s",
		"GORACE": "atexit_sleep_ms=0", "INTERLEAVE": "/clones/with space/bin/interleave",
	} {
		if spec.Env[name] != want {
			t.Errorf("%s is %q, want %q", name, spec.Env[name], want)
		}
	}
	if path := spec.Env["PATH"]; !strings.HasPrefix(path, "/clones/with space/bin:/") || !strings.HasSuffix(path, "/bin:${PATH}") {
		t.Errorf("PATH is %q", path)
	}
}

func TestKernelSpecIsWrittenAgain(t *testing.T) {
	prefix := t.TempDir()
	for _, root := range []string{"/old", "/new"} {
		if _, err := jupyter.InstallKernel(root, prefix); err != nil {
			t.Fatal(err)
		}
	}
	spec, err := jupyter.ReadSpec(jupyter.SpecPath(prefix))
	if err != nil || spec.Argv[0] != "/new/bin/gonb" {
		t.Errorf("got %+v, %v; want the new clone's", spec, err)
	}
}

func TestAForeignKernelSpecStays(t *testing.T) {
	for name, text := range map[string]string{
		"the user's": `{"argv":["gonb"],"display_name":"Go","language":"go","env":{}}`,
		"not JSON":   `half a fi`,
	} {
		t.Run(name, func(t *testing.T) {
			prefix := t.TempDir()
			path := jupyter.SpecPath(prefix)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := jupyter.InstallKernel("/clone", prefix)
			if err == nil || !strings.Contains(err.Error(), "stays as it is") || !strings.Contains(err.Error(), "--prefix") {
				t.Errorf("got %v, want an error that says what to do", err)
			}
			if after, _ := os.ReadFile(path); string(after) != text {
				t.Errorf("the spec was changed to %s", after)
			}
		})
	}
}

func TestAPathThatPATHCannotCarryIsRefused(t *testing.T) {
	for _, root := range []string{"/a:b", "/a,b"} {
		if _, err := jupyter.InstallKernel(root, t.TempDir()); err == nil || !strings.Contains(err.Error(), "move the clone") {
			t.Errorf("%s: got %v", root, err)
		}
	}
}
