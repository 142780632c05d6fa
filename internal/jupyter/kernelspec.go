package jupyter

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed logo.svg
var logo []byte

// Spec is a Jupyter kernel spec: the content of kernel.json.
type Spec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Env           map[string]string `json:"env"`
}

// SpecPath returns where the spec stands below a prefix such as the Python
// environment or /usr/local.
func SpecPath(prefix string) string {
	return filepath.Join(prefix, "share", "jupyter", "kernels", KernelName, "kernel.json")
}

// NewSpec returns the kernel spec of the clone at root. With it alone cells
// work, offline and whatever the user's own Go settings are.
func NewSpec(root string) (*Spec, error) {
	if strings.ContainsAny(root, ":,") {
		return nil, fmt.Errorf("the clone's path %q holds a colon or a comma, which PATH and GoNB cannot carry: move the clone", root)
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, fmt.Errorf("go does not run (%w): install Go 1.26 or newer and put it on PATH", err)
	}
	bin := filepath.Join(root, "bin")
	return &Spec{
		Argv: []string{
			filepath.Join(bin, "gonb"), "-kernel", "{connection_file}",
			"-logtostderr=true", "-raw_error=true", "-go_work=" + root,
		},
		DisplayName:   "Go (gonb)",
		Language:      "go",
		InterruptMode: "message",
		Env: map[string]string{
			"GOPROXY":     "off",               // cells never wait for a network
			"GOTOOLCHAIN": "local",             // nor fetch another Go
			"GOFLAGS":     "-ldflags=-s",       // links faster
			"GORACE":      "atexit_sleep_ms=0", // else a race-built program ends a second late
			"INTERLEAVE":  escape(filepath.Join(bin, "interleave")),
			"PATH":        escape(bin+":"+filepath.Join(strings.TrimSpace(string(goroot)), "bin")) + ":${PATH}",
		},
	}, nil
}

// escape keeps Jupyter from expanding a dollar sign of a path in env.
func escape(path string) string { return strings.ReplaceAll(path, "$", "$$") }

// JSON returns the spec as the text of kernel.json.
func (s *Spec) JSON() []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(s); err != nil {
		panic(err) // strings alone
	}
	return b.Bytes()
}

// InstallKernel writes the kernel spec of the clone at root below prefix, and
// returns the path of kernel.json. A spec of the same name that is not this
// course's stays as it is, with an error that says what to do.
func InstallKernel(root, prefix string) (path string, err error) {
	path = SpecPath(prefix)
	switch old, err := ReadSpec(path); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil || old.Env["INTERLEAVE"] == "":
		return "", fmt.Errorf("%s is a kernel spec of your own and stays as it is: remove it with `jupyter kernelspec remove %s`, or choose another --prefix", path, KernelName)
	}
	spec, err := NewSpec(root)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "logo-svg.svg"), logo, 0o644); err != nil {
		return "", err
	}
	return path, os.WriteFile(path, spec.JSON(), 0o644)
}

// ReadSpec reads a kernel.json.
func ReadSpec(path string) (*Spec, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var s Spec
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &s, nil
}
