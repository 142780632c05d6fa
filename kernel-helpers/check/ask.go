package check

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
)

// answer is the part of interleave's report that is shown.
type answer struct {
	Exercise string   `json:"exercise"`
	Title    string   `json:"title"`
	Verdict  string   `json:"verdict"`
	Message  string   `json:"message"`
	Checks   []result `json:"checks"`
	Notes    []string `json:"notes"`
	Output   string   `json:"output"`

	Judged  string         `json:"judged"`  // which version it was
	Sandbox string         `json:"sandbox"` // in which it ran
	Again   string         `json:"again"`   // how to see the schedule again that failed
	Steps   []string       `json:"steps"`   // of that schedule, in their order
	Chart   map[string]any `json:"chart"`   // the same as a picture, in its forms
}

type result struct {
	Sentence string `json:"sentence"`
	Verdict  string `json:"verdict"`
	Message  string `json:"message"`
}

// ask has the interleave command judge the program of the running cell; options are
// more of the command's.
func ask(slug string, options ...string) (*answer, error) {
	command := os.Getenv("INTERLEAVE")
	if command == "" {
		return nil, errors.New("the checks cannot run, because this kernel does not know where the interleave command is: " +
			"start Jupyter with make lab, or install the course's kernel with interleave kernel install")
	}
	program, err := composed()
	if err != nil {
		return nil, err
	}
	args := []string{"check", slug, "--json", "--kernel", "--foresee", strconv.Itoa(os.Getppid()), "--program", program, "--notebook", os.Getenv("JPY_SESSION_NAME")}
	cmd := exec.Command(command, append(args, options...)...)
	// The command gives up when its standard input ends, and so with this process.
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	defer hold.Close()
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err = cmd.Run()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("the checks cannot run, because %s is not there: build it with make setup", command)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("the checks cannot run, because %s may not be run: build it again with make setup", command)
	}
	return read(out.Bytes(), complaint.String(), err)
}

// composed returns the file that the kernel composed for the running cell: it
// stands beside the binary that was built of it.
func composed() (string, error) {
	binary, err := os.Executable()
	if err != nil {
		return "", err
	}
	program := filepath.Join(filepath.Dir(binary), "main.go")
	if _, err := os.Stat(program); err != nil {
		return "", errors.New("the checks cannot find the kernel's program: run check.Exercise in a cell of the course's Go kernel")
	}
	return program, nil
}

// read understands what the command printed. Exit status 1 is an answer too.
func read(out []byte, complaint string, status error) (*answer, error) {
	var all struct {
		Reports []answer `json:"reports"`
	}
	err := json.Unmarshal(out, &all)
	if err == nil && len(all.Reports) == 1 {
		all.Reports[0].saySameOnce()
		return &all.Reports[0], nil
	}
	complaint = strings.TrimPrefix(strings.TrimSpace(complaint), "interleave: ")
	switch {
	case complaint != "":
		return nil, errors.New(complaint)
	case status != nil:
		return nil, fmt.Errorf("the checks could not be run: the interleave command ended with %w and said nothing", status)
	default:
		return nil, errors.New("the checks could not be run: the interleave command and this package do not belong together: run make setup")
	}
}
