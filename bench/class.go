package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// classExercise is what the class of the grading part has answered.
const classExercise = "page-downloader"

// answer is one of a kind that a class hands in.
type answer struct{ verdict, source string }

// answers returns the right answers to the exercise and the wrong ones, from the
// solution, its alternatives and its mutants.
func answers(ex *exercise.Exercise) (right, wrong []answer, err error) {
	solution, err := ex.Solution.Source()
	if err != nil {
		return nil, nil, err
	}
	right = []answer{{"passed", string(solution)}}
	alternatives, err := ex.Solution.Alternatives()
	if err != nil {
		return nil, nil, err
	}
	for _, a := range alternatives {
		right = append(right, answer{"passed", string(a.Source)})
	}
	mutants, err := ex.Solution.Mutants()
	if err != nil {
		return nil, nil, err
	}
	for _, m := range mutants {
		wrong = append(wrong, answer{m.Verdict, string(m.Source)})
	}
	for _, edit := range []struct{ verdict, old, new string }{
		{"deadlock", "fetches.Wait()", "fetches.Add(1)\n\tfetches.Wait()"},
		{"timeout", "fetches.Wait()", "for {\n\t}"},
		{"compile error", "pages[i] = ", "pages[i] := "},
	} {
		text := strings.Replace(string(solution), edit.old, edit.new, 1)
		if text == string(solution) {
			return nil, nil, fmt.Errorf("the solution of %s has no %q any more: change bench/class.go", ex.Slug, edit.old)
		}
		wrong = append(wrong, answer{edit.verdict, text})
	}
	return right, wrong, nil
}

// handIn writes what a class of n hands in, a Go file in a folder each: every second
// answer is right, and each differs in its text. It returns how many there are of each
// verdict.
func handIn(ex *exercise.Exercise, dir string, n int) (map[string]int, error) {
	right, wrong, err := answers(ex)
	if err != nil {
		return nil, err
	}
	verdicts := map[string]int{}
	for i := range n {
		a := right[i/2%len(right)]
		if i%2 == 1 {
			a = wrong[i/2%len(wrong)]
		}
		verdicts[a.verdict]++
		text := strings.Replace(a.source, ") []Page {\n", fmt.Sprintf(") []Page {\n\tconst student = %d\n\t_ = student\n", i), 1)
		folder := filepath.Join(dir, fmt.Sprintf("student-%04d", i))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
		if err := os.WriteFile(filepath.Join(folder, ex.Slug+".go"), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	return verdicts, nil
}
