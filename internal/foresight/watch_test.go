package foresight

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience bounds waits for what comes at once.
const patience = 20 * time.Second

// kernel is a folder in which cells are built, and what was judged of them.
type kernel struct {
	*testing.T
	dir    string
	judged chan string
	ended  chan error
	hold   chan struct{} // judging "long" takes until it is closed, or is given up
}

// watched returns a kernel that holds the answers, a line each.
func watched(t *testing.T, answers string) *kernel {
	k := &kernel{T: t, dir: t.TempDir(), judged: make(chan string, 100), ended: make(chan error, 1), hold: make(chan struct{})}
	k.compose(answers)
	w := Watcher{Shelf: Shelf(k.dir), Answers: k.answers, Kernel: os.Getpid(), Idle: time.Minute}
	go func() { k.ended <- w.Run(t.Context()) }()
	k.untilWatched()
	return k
}

// untilWatched builds cells with a new answer until one is judged.
func (k *kernel) untilWatched() {
	k.Helper()
	before, err := os.ReadFile(filepath.Join(k.dir, "main.go"))
	if err != nil {
		k.Fatal(err)
	}
	for i := range 200 {
		k.run(string(before) + "\nstart " + strings.Repeat("x", i))
		select {
		case <-k.judged:
			for { // the rest of them
				select {
				case <-k.judged:
				case <-time.After(50 * time.Millisecond):
					return
				}
			}
		case <-time.After(20 * time.Millisecond):
		}
	}
	k.Fatal("nothing is judged")
}

func (k *kernel) answers(composed []byte) (all []Answer) {
	for _, line := range strings.Split(string(composed), "\n") {
		slug, text, _ := strings.Cut(line, " ")
		all = append(all, Answer{Slug: slug, Text: text, Judge: func(ctx context.Context) {
			if text == "long" {
				select {
				case <-k.hold:
				case <-ctx.Done():
					k.judged <- line + " given up"
					return
				}
			}
			k.judged <- line
		}})
	}
	return all
}

func (k *kernel) compose(answers string) {
	k.Helper()
	if err := os.WriteFile(filepath.Join(k.dir, "main.go"), []byte(answers), 0o600); err != nil {
		k.Fatal(err)
	}
}

// run builds a cell as a kernel does.
func (k *kernel) run(answers string) {
	k.Helper()
	k.compose(answers)
	built := filepath.Join(k.dir, "new")
	if err := os.WriteFile(built, nil, 0o700); err != nil {
		k.Fatal(err)
	}
	if err := os.Rename(built, filepath.Join(k.dir, "program")); err != nil {
		k.Fatal(err)
	}
}

func (k *kernel) want(want ...string) {
	k.Helper()
	for _, w := range want {
		select {
		case got := <-k.judged:
			if got != w {
				k.Fatalf("judged %q, want %q", got, w)
			}
		case <-time.After(patience):
			k.Fatalf("%q is not judged", w)
		}
	}
	select {
	case got := <-k.judged:
		k.Errorf("judged %q, too", got)
	case <-time.After(50 * time.Millisecond):
	}
}

// What a kernel held before is not judged, nor what did not change or was not built.
func TestOnlyNewAnswersAreJudged(t *testing.T) {
	k := watched(t, "one a\ntwo a")
	k.run("one a\ntwo a")
	k.want()
	k.compose("one b\ntwo a")
	k.want()
	k.run("one b\ntwo a")
	k.want("one b")
	k.run("one b\ntwo b\nthree a")
	k.want("two b", "three a")
	k.run("one a\ntwo b\nthree a")
	k.want("one a")
}

// A judgement is given up for a newer answer to the same exercise, and no other.
func TestNewerAnswers(t *testing.T) {
	k := watched(t, "one a\ntwo a")
	k.run("one long\ntwo a")
	k.run("one long\ntwo b")
	k.run("one long\ntwo c")
	k.want()
	k.run("one b\ntwo c")
	k.want("one long given up", "two c", "one b")
	k.run("one long\ntwo c")
	k.run("one long\ntwo d")
	k.want()
	close(k.hold)
	k.want("one long", "two d")
}

func TestAWatcherEnds(t *testing.T) {
	died := exec.Command("true")
	if err := died.Run(); err != nil {
		t.Fatal(err)
	}
	none := func([]byte) []Answer { return nil }
	ends := func(what string, k *kernel) {
		t.Helper()
		select {
		case err := <-k.ended:
			if err != nil {
				t.Errorf("%s: %v", what, err)
			}
		case <-time.After(patience):
			t.Errorf("%s: it goes on", what)
		}
	}
	k := watched(t, "one a")
	if !Shelf(k.dir).Watched() {
		t.Error("a watcher does not show")
	}
	second := Watcher{Shelf: Shelf(k.dir), Answers: none, Kernel: os.Getpid(), Idle: time.Minute}
	if err := second.Run(t.Context()); err != nil {
		t.Errorf("a second one for the same kernel: %v", err)
	}
	k.run("two a\none long")
	k.want("two a")
	if err := os.RemoveAll(k.dir); err != nil {
		t.Fatal(err)
	}
	if Shelf(t.TempDir()).Watched() {
		t.Error("a kernel is watched that nobody watches")
	}
	ends("the folder is gone", k)
	k.want("one long given up")

	for what, w := range map[string]Watcher{
		"the kernel has died": {Kernel: died.Process.Pid, Idle: time.Minute},
		"nothing is built":    {Kernel: os.Getpid(), Idle: time.Millisecond},
	} {
		w.Shelf, w.Answers = Shelf(t.TempDir()), none
		k := &kernel{ended: make(chan error, 1)}
		go func() { k.ended <- w.Run(t.Context()) }()
		ends(what, k)
	}
	lost := Watcher{Shelf: Shelf(filepath.Join(t.TempDir(), "none")), Answers: none, Idle: time.Minute}
	if lost.Run(t.Context()) == nil {
		t.Error("a folder that is not there is watched")
	}
}
