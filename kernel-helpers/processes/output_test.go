package processes_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var printed = func() bool { // repeats in the child
	if os.Getenv("PROCESSES_TEST_NOISE") != "" {
		fmt.Println("an initialiser prints")
		fmt.Fprintln(os.Stderr, "and complains")
	}
	return true
}()

var speak = processes.NewFunc("speak", func(lines []string) (int, error) {
	for _, line := range lines {
		fmt.Print(line)
	}
	fmt.Fprintln(os.Stderr, "done")
	return len(lines), nil
})

func TestLinesBehindTheName(t *testing.T) {
	t.Setenv("PROCESSES_TEST_NOISE", "1")
	long := strings.Repeat("x", 100_000)
	stdout, stderr := captured(t, func() {
		p := speak.Named("speak").Start(t.Context(), []string{"one\n", "two", " halves\n", "\n", long, "\nno end"})
		if _, err := p.Wait(); err != nil {
			t.Error(err)
		}
	})
	lines := strings.Split(stdout, "\n")
	if got, want := strings.Join(lines[:3], "|"), "speak: one|speak: two halves|speak: "; got != want {
		t.Errorf("%q, not %q", got, want)
	}
	if got := strings.Count(stdout, "x"); got != len(long) {
		t.Errorf("%d characters of a line of %d", got, len(long))
	}
	if !strings.HasSuffix(stdout, "\nspeak: no end\n") {
		t.Error("the last line is lost")
	}
	if stderr != "speak: done\n" {
		t.Errorf("stderr %q", stderr)
	}
}

var chatter = processes.NewAction("chatter", func(lines int) error {
	for i := range lines {
		fmt.Println(i, strings.Repeat("=", i%80))
	}
	return nil
})

func TestManyLinesOfManyProcesses(t *testing.T) {
	const n, lines = 4, 50_000
	stdout, _ := captured(t, func() {
		var running []*processes.Process
		for i := range n {
			running = append(running, chatter.Named(fmt.Sprint("chatter ", i)).Start(t.Context(), lines))
		}
		for _, p := range running {
			if err := p.Wait(); err != nil {
				t.Error(err)
			}
		}
	})
	next := make(map[string]int)
	for line := range strings.Lines(stdout) {
		name, text, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		i := next[name]
		if want := fmt.Sprint(i, " ", strings.Repeat("=", i%80)); text != want {
			t.Fatalf("%s: %q, not %q", name, text, want)
		}
		next[name]++
	}
	for i := range n {
		if name := fmt.Sprint("chatter ", i); next[name] != lines {
			t.Errorf("%s: %d lines of %d", name, next[name], lines)
		}
	}
}

var readStdin = processes.NewFunc("readStdin", func(struct{}) (int, error) { return os.Stdin.Read(make([]byte, 1)) })

func TestStdinIsEmpty(t *testing.T) {
	if _, err := readStdin.Start(t.Context(), struct{}{}).Wait(); err == nil || err.Error() != "EOF" {
		t.Error(err)
	}
}
