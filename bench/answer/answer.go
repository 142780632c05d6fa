// Package answer is the other side of package bench: a program with cases that
// are timed on request, one round at a time. So one program can take turns with
// another, in Python say, and neither pays for its start.
//
// A request is a line "NAME N": run case NAME about N times. The answer is a line
// "ok N NANOSECONDS", with how often it was run, or "error TEXT".
package answer

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// Case does something n times or, if it comes in batches, somewhat more often. It
// returns how often, and what that took.
type Case func(n int) (times int, took time.Duration, err error)

// Cases are makers of cases, by name. One is called when its case is first asked
// for, so whatever it sets up is not timed, and does not disturb others.
type Cases map[string]func() (Case, error)

// Each is a case that calls f n times.
func Each(f func() error) func() (Case, error) {
	return func() (Case, error) {
		return func(n int) (int, time.Duration, error) {
			began := time.Now()
			for range n {
				if err := f(); err != nil {
					return 0, 0, err
				}
			}
			return n, time.Since(began), nil
		}, nil
	}
}

// Batches is a case that calls f, which does something size times, as often as
// needed for n times.
func Batches(size int, f func() error) func() (Case, error) {
	return func() (Case, error) {
		return func(n int) (int, time.Duration, error) {
			batches := (n + size - 1) / size
			began := time.Now()
			for range batches {
				if err := f(); err != nil {
					return 0, 0, err
				}
			}
			return batches * size, time.Since(began), nil
		}, nil
	}
}

// Serve answers what standard input asks for, until its end.
func Serve(cases Cases) {
	made := map[string]Case{}
	requests := bufio.NewScanner(os.Stdin)
	for requests.Scan() {
		times, took, err := serve(cases, made, requests.Text())
		if err != nil {
			fmt.Println("error", strings.ReplaceAll(err.Error(), "\n", " / "))
			continue
		}
		fmt.Println("ok", times, took.Nanoseconds())
	}
}

func serve(cases Cases, made map[string]Case, request string) (int, time.Duration, error) {
	var name string
	var n int
	if _, err := fmt.Sscan(request, &name, &n); err != nil {
		return 0, 0, fmt.Errorf("%q is not NAME N: %w", request, err)
	}
	if made[name] == nil {
		make := cases[name]
		if make == nil {
			return 0, 0, fmt.Errorf("there is no case %q", name)
		}
		c, err := make()
		if err != nil {
			return 0, 0, err
		}
		made[name] = c
	}
	runtime.GC() // what the case before left is not this one's to collect
	return made[name](n)
}
