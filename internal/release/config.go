package release

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// ConfigName is the file in the course's folder that nbgrader reads.
const ConfigName = "nbgrader_config.py"

// Config makes sure that nbgrader's configuration of the course folder loads the
// clone's, and reports whether it wrote the file. A teacher's own file is never
// changed: without the line, Config is an error that quotes it.
func Config(root, course string) (written bool, err error) {
	line := fmt.Sprintf("load_subconfig(%q, path=%s)", ConfigName, strconv.Quote(filepath.Join(root, "deploy", "nbgrader")))
	path := filepath.Join(course, ConfigName)
	text, err := os.ReadFile(path)
	if err == nil {
		if !strings.Contains("\n"+string(text), "\n"+line) {
			return false, fmt.Errorf("%s lets nbgrader run what learners hand in and believe what it prints: add this line to it\n  %s", path, line)
		}
		return false, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	if err := os.MkdirAll(course, 0o755); err != nil {
		return false, err
	}
	return true, os.WriteFile(path, []byte(`# Written by interleave release. nbgrader executes nothing that was handed in:
# its Autograde asks the engine of the course for the points.
`+line+`  # noqa: F821

c = get_config()  # noqa: F821
c.CourseDirectory.root = `+strconv.Quote(course)+`
# Where nbgrader hands out and collects; its own default is one for the whole machine.
c.Exchange.root = `+strconv.Quote(filepath.Join(course, "exchange"))+`
`), 0o644)
}
