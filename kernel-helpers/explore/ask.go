package explore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// answer is interleave's, ready to be shown.
type answer struct {
	Verdict string         `json:"verdict"`
	Heading string         `json:"heading"`
	Message string         `json:"message"`
	Steps   []string       `json:"steps"`
	Output  string         `json:"output"`
	Again   string         `json:"again"`
	Native  []string       `json:"native"`
	Sandbox string         `json:"sandbox"`
	Chart   map[string]any `json:"chart"`
}

// ask has the interleave command explore the function that the running cell's program
// hands over in a line.
func ask(line int, options ...string) (*answer, error) {
	command := os.Getenv("INTERLEAVE")
	if command == "" {
		return nil, errors.New("this kernel does not know where the interleave command is: " +
			"start Jupyter with make lab, or install the course's kernel with interleave kernel install")
	}
	binary, err := os.Executable()
	if err != nil {
		return nil, err
	}
	// What the kernel composed of all cells stands beside what was built of it.
	program := filepath.Join(filepath.Dir(binary), "main.go")
	if _, err := os.Stat(program); err != nil {
		return nil, errors.New("there is no program of the kernel's: call it in a cell of the course's Go kernel; " +
			"the tests of a package are explored with interleave explore")
	}
	cmd := exec.Command(command, append([]string{"explore", program, "--snippet", strconv.Itoa(line)}, options...)...)
	// The command gives up when its standard input ends, and so with this process.
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	defer hold.Close()
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	status := cmd.Run()
	var a answer
	if json.Unmarshal(out.Bytes(), &a) == nil && a.Verdict != "" {
		return &a, nil // exit status 1 is an answer, too
	}
	if said := strings.TrimPrefix(strings.TrimSpace(complaint.String()), "interleave: "); said != "" {
		return nil, errors.New(said)
	}
	return nil, fmt.Errorf("%s could not be run (%v): run make setup", command, status)
}
