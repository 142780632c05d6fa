package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// example is one of a source lesson's: bench/lessons does the same in Go, and the
// script in Python.
type example struct{ what, script, name string }

// lessonExamples are all examples of the five source lessons, by lesson. Where two
// are alike but for a number, both stand here.
var lessonExamples = []struct {
	lesson   string
	examples []example
}{
	{"Lesson 11", []example{
		{"two threads count", "threads", "count"},
		{"two processes count", "processes", "child-count"},
		{"ten threads, one counter, a mutex", "locks", "counter-10"},
		{"semaphore, 2 of 5 threads", "semaphores", "two-of-five"},
		{"two locks, in one order", "locks", "one-order"},
		{"exercise 1: two threads count to 10", "threads", "to-ten"},
		{"exercise 2: two processes count to 10", "processes", "child-to-ten"},
		{"exercise 3: five threads, one counter", "locks", "counter-5"},
		{"exercise 4: semaphore, 2 of 3 threads", "semaphores", "two-of-three"},
		{"web server, a thread for each client", "applications", "web-server"},
		{"data pipeline, a pool of 4 processes", "pools", "pipeline"},
		{"real-time system, sensor and actuator", "applications", "control"},
		{"exercise 1: a server that greets", "applications", "greetings"},
		{"exercise 2: the pipeline again", "pools", "pipeline"},
		{"exercise 3: the real-time system again", "applications", "control"},
	}},
	{"Concurrency notes", []example{
		{"a thread, and main goes on", "threads", "main-goes-on"},
		{"two threads, a lock, a counter", "locks", "told-counter"},
		{"five threads nap", "threads", "five-naps"},
		{"thread pool, 4 naps on 2 workers, as completed", "pools", "naps-as-completed"},
		{"four downloads, a thread each", "applications", "downloads"},
		{"two processes nap", "processes", "two-child-naps"},
		{"five processes nap", "processes", "naps-not-joined"},
		{"a queue from five processes", "processes", "five-numbers"},
		{"semaphore, 3 of 5 processes", "processes", "three-of-five"},
		{"process pool, 4 naps on 2 workers", "pools", "naps-mapped"},
	}},
	{"Day 3", []example{
		{"five threads nap", "threads", "five-long-naps"},
		{"five threads nap in turn, a lock", "locks", "naps-in-turn"},
		{"primes in three processes", "processes", "primes"},
		{"a greeting through a queue", "processes", "hello"},
		{"squares in a pool of 5 threads", "pools", "thread-squares"},
		{"squares in a pool of 5 processes", "pools", "process-squares"},
	}},
	{"Six chapters", []example{
		{"two threads, one starts late", "threads", "late-start"},
		{"three threads in turn, locked by hand", "locks", "walks-by-hand"},
		{"three threads in turn, locked in a scope", "locks", "walks-in-scope"},
		{"a daemon thread", "threads", "daemon"},
		{"semaphore, 5 of 10 threads", "semaphores", "five-of-ten"},
		{"a lock by hand", "locks", "by-hand"},
		{"a semaphore in a scope", "semaphores", "semaphore-in-scope"},
		{"a semaphore by hand", "semaphores", "semaphore-by-hand"},
		{"a lock in a scope", "locks", "in-scope"},
		{"2 × 2,000 updates, some lost", "locks", "lost-updates"},
		{"2 × 2,000 updates, a lock", "locks", "kept-updates"},
	}},
	{"Three models compared", []example{
		{"threads of a type of one's own", "threads", "own-type"},
		{"two ways to hold a lock", "locks", "two-ways"},
		{"two processes tell the time", "processes", "ticks"},
		{"event loop: 21 s of naps in 10 s", "coroutines", "gather-ticks"},
		{"the same, in virtual time", "coroutines", "gather-ticks-virtual"},
		{"pattern 1: producer and consumer, a lock", "locks", "shared-list"},
		{"pattern 2: computing in a pool of 4 processes", "pools", "computing"},
		{"pattern 3: gather three results", "coroutines", "gather-results"},
	}},
}

// lessons times each example as a whole program, Python's and ours in turns, and
// sees that both print the same.
func lessons(ctx context.Context, b *bench) error {
	b.printf("## The examples of the source lessons\n\n")
	b.printf("Wall times of whole programs, from start to exit: medians of %d rounds in turns\n"+
		"(fastest–slowest). A second of the lessons is 20 ms on both sides, and where Go has\n"+
		"nothing to win, most of the time is such naps. Both print the same lines. An empty\n"+
		"program is what each language takes to start and end; Go's stands built.\n\n", b.rounds)
	const head = "| example | Python | ours | ours / Python |\n| --- | --- | --- | --- |\n"
	b.printf("%s", head)
	if err := b.compareLesson(ctx, example{"an empty program", "nothing", ""}); err != nil {
		return err
	}
	for _, l := range lessonExamples {
		b.printf("\n### %s\n\n%s", l.lesson, head)
		for _, e := range l.examples {
			if err := b.compareLesson(ctx, e); err != nil {
				return err
			}
		}
	}
	b.printf("\n")
	return nil
}

func (b *bench) compareLesson(ctx context.Context, e example) error {
	var took [2]sample
	var printed [2]string
	for round := range b.rounds + 1 {
		for i, command := range [2][]string{
			{b.python(), filepath.Join(b.root, "bench", "lessons", e.script+".py"), e.name},
			{filepath.Join(b.programs, "lessons"), e.name},
		} {
			text, wall, err := runLesson(ctx, command)
			if err != nil {
				return fmt.Errorf("%s: %w", e.what, err)
			}
			if round > 0 { // read into memory now, and compiled by Python
				took[i].add(wall)
			}
			printed[i] = text
		}
		if printed[0] != printed[1] {
			return fmt.Errorf("%s: Python printed the letters %q, ours %q", e.what, printed[0], printed[1])
		}
	}
	b.printf("| %s | %s | %s | %s |\n", e.what, took[0], took[1], digits(ratio(took[1], took[0])))
	return nil
}

// runLesson runs a program and returns what it printed, in an order that does not
// depend on who came first: letter by letter, since Python's threads may print into
// each other's lines.
func runLesson(ctx context.Context, command []string) (printed string, wall time.Duration, err error) {
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	began := time.Now()
	err = cmd.Run()
	wall = time.Since(began)
	if err != nil {
		return "", 0, fmt.Errorf("%s: %w", strings.Join(command, " "), err)
	}
	words := bytes.Fields(childName.ReplaceAll(out.Bytes(), nil))
	text := bytes.Join(words, nil)
	slices.Sort(text)
	return string(text), wall, nil
}

// childName stands in front of what a child process of ours prints.
var childName = regexp.MustCompile(`(?m)^[a-z ]+( \d+)?: `)
