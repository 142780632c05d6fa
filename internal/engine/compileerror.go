package engine

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// compileError is what the compiler says about a learner's program, in the
// learner's own lines.
type compileError struct{ text string }

func (e *compileError) Error() string { return e.text }

var diagnostic = regexp.MustCompile(`(?m)^(.+?):(\d+)(?::(\d+))?: (.+)$`)

// explainBuild sorts what a failed build printed: errors of the learner's
// program, checks that do not fit its declarations, and faults of ours.
func (j *judgement) explainBuild(output string) error {
	const most = 5
	var learners []string
	ours := false
	for _, m := range diagnostic.FindAllStringSubmatch(output, -1) {
		unit, ok := j.unit(m[1])
		if !ok {
			ours = true
			continue
		}
		line, _ := strconv.Atoi(m[2])
		learners = append(learners, j.at(unit, line)+": "+m[4])
	}
	if len(learners) > most {
		learners = append(learners[:most], fmt.Sprintf("and %d more", len(learners)-most))
	}
	switch mismatch := j.mismatch(); {
	case len(learners) == 1:
		return &compileError{"Go cannot compile the program: " + learners[0]}
	case len(learners) > 1:
		return &compileError{"Go cannot compile the program:\n" + strings.Join(learners, "\n")}
	case ours && mismatch != "":
		return &compileError{mismatch}
	default:
		return errors.New("go build: " + output)
	}
}

// unit turns a file's name in a message into the learner's own: "DownloadAll". The
// compiler prints positions that a directive set as they stand there or behind
// the package's folder.
func (j *judgement) unit(file string) (string, bool) {
	if !filepath.IsAbs(file) && j.program.Lines[file] == nil {
		file = filepath.Join(j.engine.root, file)
	}
	if dir, name := filepath.Split(file); filepath.Clean(dir) == j.exerciseDir() {
		file = name
	}
	return file, j.program.Lines[file] != nil
}

// at names a place as a learner finds it, and quotes it.
func (j *judgement) at(unit string, line int) string {
	place := exercise.At(unit, line)
	if quote := j.program.Quote(unit, line); quote != "" {
		place += " (" + quote + ")"
	}
	return place
}
