//go:build unix

package sandbox

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// Started under the launcher's name, an executable is the launcher and nothing else:
// it never comes to main.
func init() {
	if len(os.Args) > 1 && os.Args[0] == launcher {
		err := launch(os.Args[1], os.Args[2:])
		fmt.Fprintln(os.Stderr, "sandbox: this program was not started:", err)
		os.Exit(notStarted)
	}
}

func (p plan) String() string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // it holds numbers and names
	}
	return string(text)
}

// launch confines this process and makes it the program, so it returns only errors.
// What it inherited, files and environment, is the program's.
func launch(text string, args []string) error {
	var p plan
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return err
	}
	// Filters hold for the thread that asked for them, and for what it becomes.
	runtime.LockOSThread()
	here, err := p.confine()
	if err != nil {
		return err
	}
	for _, name := range []string{"HOME", "PWD", "TMPDIR"} {
		if err := os.Setenv(name, here.dir); err != nil {
			return err
		}
	}
	err = syscall.Exec(here.program, append([]string{p.Program}, args...), os.Environ())
	return &os.PathError{Op: "exec", Path: p.Program, Err: err}
}

// names are those by which a confined process gets at its program and its folder.
type names struct{ program, dir string }
