package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// screen hands each result on to the test.
type screen chan string

func (s screen) Write(text []byte) (int, error) {
	s <- string(text)
	return len(text), nil
}

func (s screen) next(t *testing.T) string {
	t.Helper()
	select {
	case text := <-s:
		return text
	case <-time.After(time.Minute):
		t.Fatal("nothing was judged")
		return ""
	}
}

func save(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil { // as editors do
		t.Fatal(err)
	}
}

func TestWatchJudgesWhatIsSaved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "answer.go")
	save(t, file, "one")
	shown := make(screen, 10)
	begun := make(chan string, 10)
	w := watcher{file: file, out: shown, quiet: time.Millisecond}
	w.judge = func(ctx context.Context, out io.Writer) error {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		begun <- string(text)
		switch string(text) {
		case "slow":
			<-ctx.Done() // is given up when it is saved again
			return ctx.Err()
		case "broken":
			return fmt.Errorf("it cannot be read")
		}
		fmt.Fprintln(out, "judged:", string(text))
		return errFound
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- w.run(ctx) }()

	if got := shown.next(t); !strings.HasPrefix(got, "judged: one\n") || !strings.Contains(got, "Ctrl-C ends") || strings.Contains(got, "\x1b") {
		t.Errorf("at first: %q", got)
	}
	if got := <-begun; got != "one" {
		t.Error(got)
	}
	save(t, file, "slow")
	if got := <-begun; got != "slow" {
		t.Error(got)
	}
	save(t, file, "broken")
	if got := shown.next(t); !strings.HasPrefix(got, "interleave: it cannot be read\n") {
		t.Errorf("an error does not end it, and what was given up is not shown: %q", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("told to stop: %v", err)
	}
}

func TestWatchNeedsAFile(t *testing.T) {
	w := watcher{file: filepath.Join(t.TempDir(), "gone.go"), out: make(screen, 1)}
	if err := w.run(t.Context()); err == nil || !strings.Contains(err.Error(), "gone.go") {
		t.Error(err)
	}
}
