package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// checkCells times the check cells of all exercises on the real kernel, in which the
// lesson above them has run, as it has for a learner.
func checkCells(ctx context.Context, b *bench) error {
	const goal = time.Second
	paths, err := filepath.Glob(filepath.Join(b.root, "notebooks", "day-*.ipynb"))
	if err != nil {
		return err
	}
	var all []checked
	for _, path := range paths {
		ofDay, err := checkedIn(ctx, b, path)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(path), err)
		}
		all = append(all, ofDay...)
	}
	if len(all) == 0 {
		return errors.New("no day's notebook holds a check cell")
	}
	b.printf("## A check cell\n\nEach exercise's check cell, %d times on the stub, on the solution and on a wrong answer, another each time: "+
		"each answer is new to the kernel and to the engine, and is checked at once when its own cell has ended. What a learner waits for, from running the check cell to its end (fastest–slowest); the engine begins when the answer's cell was built.\n\n", b.rounds)
	b.printf("| exercise | cells | median | slowest, on |\n| --- | --- | --- | --- |\n")
	for rest := all; len(rest) > 0; {
		n := slices.IndexFunc(rest, func(c checked) bool { return c.exercise != rest[0].exercise })
		if n < 0 {
			n = len(rest)
		}
		slowest := slices.MaxFunc(rest[:n], bySpeed)
		b.printf("| %s | %d | %s | %s |\n", rest[0].exercise, n, times(rest[:n]), slowest.answer)
		rest = rest[n:]
	}
	slices.SortFunc(all, bySpeed)
	took := times(all)
	slow := took[(len(took)*95+99)/100-1] // of 100, the 95th
	b.printf("\n| check cells | median | 95th percentile | worst | goal | |\n| --- | --- | --- | --- | --- | --- |\n")
	b.printf("| %d | %s | %s | %s | 95th percentile < %s | %s |\n\n", len(took), seconds(took.median()), seconds(slow),
		seconds(took[len(took)-1]), seconds(goal.Seconds()), verdict(slow < goal.Seconds()))
	return nil
}

// checked is one check cell that has run.
type checked struct {
	exercise, answer string
	took             time.Duration
}

func bySpeed(a, b checked) int { return cmp.Compare(a.took, b.took) }

func times(all []checked) (s sample) {
	for _, c := range all {
		s.add(c.took)
	}
	return s
}

// checkedIn runs a day's notebook and then its check cells, on answers of all kinds.
func checkedIn(ctx context.Context, b *bench, path string) (all []checked, err error) {
	n, err := notebook.Read(path)
	if err != nil {
		return nil, err
	}
	if err := jupyter.Solve(b.root, "", n); err != nil {
		return nil, err
	}
	// Jupyter's server tells a kernel which notebook it belongs to.
	kernel, err := jupyter.StartKernel(ctx, b.root, filepath.Dir(path), "JPY_SESSION_NAME="+path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, kernel.Close()) }()
	for _, cell := range n.Cells {
		if cell.Type == notebook.Code {
			if _, err := kernel.Execute(ctx, cell.Source); err != nil {
				return nil, err
			}
		}
	}
	for _, cell := range n.Cells {
		lesson, err := cell.Lesson()
		if err != nil {
			return nil, err
		}
		if lesson.Check == "" {
			continue
		}
		ex, err := exercise.Load(b.root, "", lesson.Check)
		if err != nil {
			return nil, err
		}
		for round := range b.rounds {
			answers, err := tries(ex, round)
			if err != nil {
				return nil, err
			}
			for _, a := range answers {
				took, err := a.check(ctx, kernel, ex, cell.Source)
				if err != nil {
					return nil, fmt.Errorf("%s, %s: %w", ex.Slug, a.name, err)
				}
				all = append(all, checked{ex.Slug, a.name, took})
			}
		}
	}
	return all, nil
}

// try is what a learner has written.
type try struct {
	name, source string
	passes       bool // the public checks
}

// tries are the answers of a round. The last leaves the kernel as it was.
func tries(ex *exercise.Exercise, round int) ([]try, error) {
	solution, err := ex.Solution.Source()
	if err != nil {
		return nil, err
	}
	stub, err := exercise.Stub(solution)
	if err != nil {
		return nil, err
	}
	mutants, err := ex.Solution.Mutants()
	if err != nil {
		return nil, err
	}
	// Of a mutant that only a hidden check finds, the public ones know nothing.
	public := func(m exercise.Mutant) bool {
		return slices.ContainsFunc(ex.Checks, func(c exercise.Check) bool { return c.Name == m.Check })
	}
	mutants = slices.DeleteFunc(mutants, func(m exercise.Mutant) bool { return !public(m) })
	if len(mutants) == 0 {
		return nil, errors.New("it has no mutant that a public check finds")
	}
	m := mutants[round%len(mutants)]
	return []try{{"the stub", string(stub), false}, {m.Name, string(m.Source), false}, {"the solution", string(solution), true}}, nil
}

var tally = regexp.MustCompile(`(\d+) of (\d+) public checks passed`)

// check runs the answer's cell and the check cell, and returns how long the latter
// took. An answer of the wrong kind is an error: its time would be worth nothing.
func (t *try) check(ctx context.Context, kernel *jupyter.Kernel, ex *exercise.Exercise, cell string) (time.Duration, error) {
	source, err := t.unseen(ex)
	if err != nil {
		return 0, err
	}
	wrote, err := kernel.Execute(ctx, source)
	if err != nil {
		return 0, err
	}
	if wrote.Failed {
		return 0, fmt.Errorf("the answer's cell failed:\n%s", wrote.Error())
	}
	result, err := kernel.Execute(ctx, cell)
	if err != nil {
		return 0, err
	}
	m := tally.FindStringSubmatch(result.Text())
	if m == nil || (m[1] == m[2]) != t.passes || result.Failed == t.passes {
		return 0, fmt.Errorf("the check cell answered:\n%s%s", result.Text(), result.Error())
	}
	return result.Duration, nil
}

// unseen is the answer with a statement in it that no answer had before, so that
// nothing that is kept of another one serves for it.
func (t *try) unseen(ex *exercise.Exercise) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", t.source, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv != nil || f.Body == nil || !slices.Contains(ex.Entry, f.Name.Name) {
			continue
		}
		brace, name := fset.Position(f.Body.Lbrace).Offset+1, fset.Position(file.Name.Pos())
		source := t.source[:brace] + fmt.Sprintf(" _ = %d;", rand.Uint32()) + t.source[brace:]
		_, afterPackage, _ := strings.Cut(source[name.Offset:], "\n") // a cell has none
		return afterPackage, nil
	}
	return "", fmt.Errorf("it declares no function of %v", ex.Entry)
}
