package jupyter

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// KernelName is the kernel spec that the course's notebooks name.
const KernelName = "gonb"

// Venv returns the folder of the Python environment: $INTERLEAVE_VENV when it
// is set (an image may keep it elsewhere), else .venv in the clone.
func Venv(root string) string {
	if dir := os.Getenv("INTERLEAVE_VENV"); dir != "" {
		return dir
	}
	return filepath.Join(root, ".venv")
}

var errNoVenv = errors.New("the Python environment is missing: run make setup")

// python returns the environment's interpreter.
func python(root string) (string, error) {
	path := filepath.Join(Venv(root), "bin", "python")
	if _, err := os.Stat(path); err != nil {
		return "", errNoVenv
	}
	return path, nil
}

// foreign are variables of the user's that make Python, Jupyter or Go look
// elsewhere than into the clone.
var foreign = []string{
	"PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP",
	"JUPYTER_PATH", "JUPYTER_CONFIG_PATH", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR",
	"GOWORK", "GO111MODULE", "GOOS", "GOARCH",
}

// Environment returns the variables for everything that the command starts.
//
// Jupyter's settings, trust database and connection files live in
// build/jupyter of the clone: a user's own Jupyter can neither break the lab nor
// be changed by it. In a clone that cannot be written (an image's) Jupyter's
// own defaults stay. A cache that belongs into a home that cannot be written
// goes to build/cache.
func Environment(root string) []string {
	build := filepath.Join(root, "build")
	if !writable(build) {
		return os.Environ()
	}
	env := slices.DeleteFunc(os.Environ(), func(pair string) bool {
		name, _, _ := strings.Cut(pair, "=")
		return slices.Contains(foreign, name)
	})
	state := filepath.Join(build, "jupyter")
	env = append(env,
		"JUPYTER_CONFIG_DIR="+filepath.Join(state, "config"),
		"JUPYTER_DATA_DIR="+filepath.Join(state, "data"),
		"JUPYTER_RUNTIME_DIR="+filepath.Join(state, "runtime"),
		"IPYTHONDIR="+filepath.Join(state, "ipython"),
	)
	if home, err := os.UserHomeDir(); err == nil && writable(home) {
		return env
	}
	for name, dir := range map[string]string{"GOCACHE": "go-build", "GOMODCACHE": "go-mod", "GOPLSCACHE": "gopls"} {
		if os.Getenv(name) == "" {
			env = append(env, name+"="+filepath.Join(build, "cache", dir))
		}
	}
	return env
}

// writable reports whether a file can be created in dir, which it makes when
// it is missing.
func writable(dir string) bool {
	if os.MkdirAll(dir, 0o755) != nil {
		return false
	}
	f, err := os.CreateTemp(dir, ".writable-")
	if err != nil {
		return false
	}
	f.Close()
	return os.Remove(f.Name()) == nil
}

// lookup returns the value that a process with this environment sees.
func lookup(env []string, name string) string {
	for _, pair := range slices.Backward(env) {
		if key, value, _ := strings.Cut(pair, "="); key == name {
			return value
		}
	}
	return ""
}
