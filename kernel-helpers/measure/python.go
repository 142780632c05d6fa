package measure

import (
	"bufio"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Python is a Python script with a name, to be timed beside Go functions by the
// python3 that is on the reader's machine. What is timed is the script's function
// work, called without arguments; a script that defines none is timed as a whole.
// The interpreter starts once and imports are done once: neither counts. The
// arguments are the script's sys.argv.
//
// What is to be known of the interpreter stands beside the name: its version, and
// whether it has the GIL, the lock that lets one thread at a time compute.
//
// Without Python, or if the script fails, the comparison goes on without it and
// says why.
func Python(name, script string, args ...string) Subject {
	return Subject{name, func() (runner, error) { return startPython(script, args) }}
}

//go:embed driver.py
var driver string

// python is a Python process that runs a script when it is asked to.
type python struct {
	cmd     *exec.Cmd
	dir     string
	asks    io.WriteCloser
	answers *os.File
	lines   *bufio.Reader
	printed tail // to standard output
	errors  tail // and to standard error, where a script says why it failed
	about   string
	stopped bool
}

// patience is how long an answer may take, besides what the script's own first run
// says.
const patience = time.Minute

func startPython(script string, args []string) (_ *python, err error) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return nil, errors.New("Python is not on this machine")
	}
	p := &python{}
	if p.dir, err = os.MkdirTemp("", "interleave-python-"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.stop()
		}
	}()
	file := filepath.Join(p.dir, "script.py") // processes that it spawns import it
	if err = os.WriteFile(file, []byte(script), 0o600); err != nil {
		return nil, err
	}
	theirs, err := p.connect(path, append([]string{"-c", driver, file}, args...))
	if err != nil {
		return nil, err
	}
	err = p.cmd.Start()
	theirs.Close() // the process has its own: answers end when it does
	if err != nil {
		return nil, fmt.Errorf("cannot start %s: %w", path, err)
	}
	p.about, err = p.answer()
	return p, err
}

// connect makes the process's pipes: it is asked through its standard input and
// answers through a pipe of its own, which the script does not print to.
func (p *python) connect(path string, args []string) (theirs *os.File, err error) {
	p.answers, theirs, err = os.Pipe()
	if err != nil {
		return nil, err
	}
	p.lines = bufio.NewReader(p.answers)
	p.cmd = exec.Command(path, args...)
	p.cmd.ExtraFiles = []*os.File{theirs}
	p.cmd.Stdout, p.cmd.Stderr = &p.printed, &p.errors
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // with what it starts
	p.cmd.WaitDelay = time.Second                           // processes that it leaves may hold its output
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "GONB_PIPE") { // the cell's own line to the kernel
			p.cmd.Env = append(p.cmd.Env, variable)
		}
	}
	p.asks, err = p.cmd.StdinPipe()
	if err != nil {
		theirs.Close()
	}
	return theirs, err
}

func (p *python) run(times int) (time.Duration, error) {
	if _, err := fmt.Fprintln(p.asks, times); err != nil {
		return 0, p.failed("ended by itself")
	}
	line, err := p.answer()
	if err != nil {
		return 0, err
	}
	nanoseconds, err := strconv.ParseInt(line, 10, 64)
	if err != nil {
		return 0, p.failed("answered " + line)
	}
	return time.Duration(nanoseconds), nil
}

// answer returns the next line of the driver.
func (p *python) answer() (string, error) {
	p.answers.SetReadDeadline(time.Now().Add(patience))
	line, err := p.lines.ReadString('\n')
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "", p.failed("did not end within " + patience.String())
	case err != nil:
		return "", p.failed("failed")
	}
	return strings.TrimSpace(line), nil
}

// scriptError is why a script gave no time.
type scriptError struct {
	how    string // with the last line of the output, which says most
	output string // what it printed last
}

func (e *scriptError) Error() string { return "the script " + e.how }

// failed ends the process and says why.
func (p *python) failed(how string) error {
	p.stop()
	output := strings.TrimSpace(string(p.printed.text) + string(p.errors.text))
	output = strings.ReplaceAll(output, p.dir+string(filepath.Separator), "")
	if output != "" {
		how += ": " + output[strings.LastIndexByte(output, '\n')+1:]
	}
	return &scriptError{how, output}
}

func (p *python) note() string { return p.about }

func (p *python) stop() {
	if p.stopped {
		return
	}
	p.stopped = true
	if p.asks != nil {
		p.asks.Close()
	}
	if p.answers != nil {
		p.answers.Close()
	}
	if p.cmd != nil && p.cmd.Process != nil {
		// It ends by itself when nobody asks any more, unless it is at work.
		kill := func() { syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL) }
		late := time.AfterFunc(time.Second, kill)
		p.cmd.Wait()
		late.Stop()
		kill() // what it has started
	}
	os.RemoveAll(p.dir)
}

// tail keeps the end of what is written to it.
type tail struct{ text []byte }

// longest is how many bytes of what a script prints are kept.
const longest = 1500

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p...)
	t.text = t.text[max(0, len(t.text)-longest):]
	return len(p), nil
}
