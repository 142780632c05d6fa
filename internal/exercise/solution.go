package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Solution is what a teacher holds of an exercise: solutions/<slug>/.
type Solution struct {
	Dir string
}

// Present reports whether the solution is on this machine.
func (s Solution) Present() bool {
	_, err := os.Stat(filepath.Join(s.Dir, "solution.go"))
	return err == nil
}

// Source returns the reference solution.
func (s Solution) Source() ([]byte, error) {
	text, err := os.ReadFile(filepath.Join(s.Dir, "solution.go"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s has no solution.go: name the folder of the solutions with --solutions", s.Dir)
	}
	return text, err
}

// Hidden returns the hidden checks.
func (s Solution) Hidden() ([]Check, error) {
	checks, err := readChecks(filepath.Join(s.Dir, "hidden"))
	for i := range checks {
		checks[i].Hidden = true
	}
	return checks, err
}

// Alternative is a correct program that is written differently: it shows that
// the checks ask for behaviour and not for one way to write it.
type Alternative struct {
	Name   string // the file's, without .go
	Source []byte
}

// Alternatives returns solutions/<slug>/alternatives/*.go, sorted by name.
func (s Solution) Alternatives() ([]Alternative, error) {
	return programs(filepath.Join(s.Dir, "alternatives"))
}

// programs reads whole programs, whose build tag keeps them out of the clone's
// own builds.
func programs(dir string) ([]Alternative, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	all := make([]Alternative, len(files))
	for i, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		all[i] = Alternative{
			Name:   strings.TrimSuffix(filepath.Base(file), ".go"),
			Source: bytes.TrimPrefix(text, []byte("//go:build ignore\n")),
		}
	}
	return all, nil
}

// Mutant is a program that is wrong on purpose, as a learner's could be. Its
// first comment says what the engine must answer:
//
//	// One page after the other.
//	// Verdict: failed
//	// Check: TestTogether
//	// Says: one after another
type Mutant struct {
	Name    string // the file's, without .go
	Source  []byte
	Mistake string // the first sentence: what is wrong
	Verdict string
	Check   string // the check that must not pass
	Says    string // what its message must hold
}

// Mutants returns the mutants, sorted by name.
func (s Solution) Mutants() ([]Mutant, error) {
	dir := filepath.Join(s.Dir, "mutants")
	all, err := programs(dir)
	if err != nil {
		return nil, err
	}
	mutants := make([]Mutant, len(all))
	for i, program := range all {
		m := Mutant{Name: program.Name, Source: program.Source}
		for line := range strings.Lines(string(m.Source)) {
			line = strings.TrimSpace(line)
			if strings.HasPrefix(line, "package ") {
				break
			}
			words := strings.TrimSpace(strings.TrimPrefix(line, "//"))
			key, value, _ := strings.Cut(words, ": ")
			switch key {
			case "Verdict":
				m.Verdict = value
			case "Check":
				m.Check = value
			case "Says":
				m.Says = value
			default:
				if m.Mistake == "" {
					m.Mistake = words
				}
			}
		}
		if m.Mistake == "" || m.Verdict == "" || m.Check == "" || m.Says == "" {
			return nil, fmt.Errorf("%s.go: its first comment needs the mistake and the lines Verdict:, Check: and Says:", filepath.Join(dir, m.Name))
		}
		mutants[i] = m
	}
	return mutants, nil
}
