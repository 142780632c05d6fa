package exercise

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/token"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// Manifest is exercises/<slug>/exercise.json.
type Manifest struct {
	Title   string             `json:"title"`
	Day     int                `json:"day"`     // the day's number
	Task    int                `json:"task"`    // its place among the day's tasks, from 1
	Entry   []string           `json:"entry"`   // exported declarations that are judged, with all that they reach
	Imports []string           `json:"imports"` // packages that a program may import beyond the base
	Caps    map[string]float64 `json:"caps"`    // verdict -> greatest share of the points that it leaves
	Limits  Limits             `json:"limits"`
	Hints   []string           `json:"hints"` // shown one at a time, from the vaguest to the plainest
}

// Limits bound one run of a program. Zero values stand for the defaults.
type Limits struct {
	CPUSeconds  float64 `json:"cpu_seconds"`  // processor time of one check
	WallSeconds float64 `json:"wall_seconds"` // time on the clock of one check
	MemoryMB    int     `json:"memory_mb"`    // resident memory of the program
	Processes   int     `json:"processes"`    // child processes that may live at once; none without the package that starts them
}

// What a correct program needs is far below: a check takes milliseconds.
const (
	defaultCPUSeconds  = 1
	defaultWallSeconds = 15
	defaultMemoryMB    = 512
	defaultProcesses   = 16
)

// CPU is how much processor time one check may use.
func (l Limits) CPU() time.Duration { return seconds(l.CPUSeconds) }

// Wall is how long one check may take on the clock.
func (l Limits) Wall() time.Duration { return seconds(l.WallSeconds) }

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func readManifest(file string) (Manifest, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return Manifest{}, err
	}
	m, err := parseManifest(text)
	if err != nil {
		return Manifest{}, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

func parseManifest(text []byte) (Manifest, error) {
	var m Manifest
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return m, inWords(err, text)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return m, errors.New("something follows the manifest's closing brace")
	}
	if err := m.validate(); err != nil {
		return m, err
	}
	m.Limits.CPUSeconds = orDefault(m.Limits.CPUSeconds, defaultCPUSeconds)
	m.Limits.WallSeconds = orDefault(m.Limits.WallSeconds, defaultWallSeconds)
	m.Limits.MemoryMB = orDefault(m.Limits.MemoryMB, defaultMemoryMB)
	if slices.Contains(m.Imports, Module+"/kernel-helpers/processes") {
		m.Limits.Processes = orDefault(m.Limits.Processes, defaultProcesses)
	}
	return m, nil
}

// inWords says what is wrong with a manifest's JSON, and in which line.
func inWords(err error, text []byte) error {
	line := func(offset int64) int { return 1 + bytes.Count(text[:offset], []byte("\n")) }
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d is not JSON, or the line above lacks a comma: %w", line(syntax.Offset), err)
	case errors.As(err, &kind):
		return fmt.Errorf("line %d: %q cannot be a %s: docs/authoring.md says what it means", line(kind.Offset), kind.Field, kind.Value)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it breaks off, or is empty: a manifest ends with the brace that closes its first")
	}
	if key, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return fmt.Errorf("there is no key %s in a manifest: docs/authoring.md lists them", key)
	}
	return err
}

func orDefault[T float64 | int](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

func (m *Manifest) validate() error {
	switch {
	case m.Title == "":
		return errors.New(`"title" is missing`)
	case m.Day < 1:
		return errors.New(`"day" is missing: give the day's number`)
	case m.Task < 1:
		return errors.New(`"task" is missing: give its place among the day's tasks, from 1`)
	case len(m.Entry) == 0:
		return errors.New(`"entry" is missing: name the declarations that are judged`)
	case min(m.Limits.CPUSeconds, m.Limits.WallSeconds) < 0 || min(m.Limits.MemoryMB, m.Limits.Processes) < 0:
		return errors.New(`"limits" must not be negative`)
	}
	for i, name := range m.Entry {
		if !token.IsIdentifier(name) || !token.IsExported(name) {
			return fmt.Errorf(`"entry": %q is not an exported Go name, so checks cannot reach it`, name)
		}
		if slices.Contains(m.Entry[:i], name) {
			return fmt.Errorf(`"entry": %s stands there twice`, name)
		}
	}
	for _, path := range m.Imports {
		if why := Denied(path); why != "" {
			return fmt.Errorf(`"imports": %s can never be allowed: %s`, path, why)
		}
	}
	for i, hint := range m.Hints {
		if text := strings.TrimSpace(hint); text == "" || text != hint || !strings.ContainsAny(text[len(text)-1:], ".?!)`") {
			return fmt.Errorf(`"hints": hint %d is no sentence: %q`, i+1, hint)
		}
		if slices.Contains(m.Hints[:i], hint) {
			return fmt.Errorf(`"hints": hint %d stands there twice`, i+1)
		}
	}
	for verdict, share := range m.Caps {
		if share < 0 || share > 1 {
			return fmt.Errorf(`"caps": %s: %v is not a share between 0 and 1`, verdict, share)
		}
	}
	return nil
}
