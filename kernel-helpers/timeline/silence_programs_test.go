package timeline_test

import (
	"bufio"
	"io"
	"net"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// follow starts a program and returns its output and its errors, to be read while
// it runs.
func follow(t *testing.T, program string) (cmd *exec.Cmd, stdout, stderr *bufio.Reader) {
	t.Helper()
	cmd = command(program)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errs, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill() })
	return cmd, bufio.NewReader(out), bufio.NewReader(errs)
}

func TestSilenceIsToldOnceAndTheRecordingGoesOn(t *testing.T) {
	t.Parallel()
	cmd, stdout, stderr := follow(t, "silence")
	address, err := stdout.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	for !strings.Contains(told.String(), "Stop the cell") {
		line, err := stderr.ReadString('\n')
		if told.WriteString(line); err != nil {
			t.Fatalf("%v after: %s", err, told.String())
		}
	}
	if !regexp.MustCompile("(?s)^Nothing of this recording has moved for [5-9] s:\n  main waits for a value from visited, at `<-visited`.*\n" +
		"  worker 1 waits for lock a, which main holds, at `.*`.*\nStop the cell with ■ .*\n$").MatchString(told.String()) {
		t.Errorf("told:\n%s", told.String())
	}
	visitor, err := net.Dial("tcp", strings.TrimSpace(address))
	if err != nil {
		t.Fatal(err)
	}
	visitor.Close()
	rest, _ := io.ReadAll(stderr)
	shown, _ := io.ReadAll(stdout)
	if err := cmd.Wait(); err != nil || len(rest) > 0 {
		t.Errorf("it ended with %v and said: %s", err, rest)
	}
	if findings := strings.Count(string(shown), "for lock a"); findings != 2 {
		t.Errorf("%d recordings were drawn, want both:\n%s", findings, shown)
	}
}

func TestWhoWillMoveIsNotSilent(t *testing.T) {
	t.Parallel()
	var all sync.WaitGroup // at once: each takes longer than a recording may be silent
	for program, finding := range map[string]string{
		"long sleep":  "sleeper slept 6",
		"slow server": "main waited 6.",
		"slow child":  "napper (in pid ",
	} {
		all.Go(func() {
			out, err, status := run(t, program)
			if status != 0 || err != "" {
				t.Errorf("%s: exit status %d, errors: %s", program, status, err)
			}
			if !strings.HasPrefix(out, finding) {
				t.Errorf("%s shows %s, want %s…", program, out, finding)
			}
		})
	}
	all.Wait()
}
