package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/interleave-lab/interleave/internal/engine/toolchain"
	"github.com/interleave-lab/interleave/internal/engine/weave"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// build makes the program's binary: the learner's package, the checks in packages of
// their own that import it, and a main that hands them to the judge.
func (j *judgement) build(ctx context.Context) error {
	tools, err := j.compile(ctx)
	if err == nil {
		err = link(ctx, tools, j.dir, []*judgement{j})
	}
	var refused *compileError
	var unwoven *unwovenError
	if err == nil || errors.As(err, &refused) || errors.As(err, &unwoven) || ctx.Err() != nil {
		return err
	}
	why, _, _ := strings.Cut(err.Error(), "\n")
	j.report.Notes = append(j.report.Notes, "It was built by go build, which takes longer, because Go's own compiler could not be called: "+why)
	return j.buildSlowly(ctx)
}

// compile compiles the learner's package and the checks. It is a *compileError if
// the learner's is at fault.
func (j *judgement) compile(ctx context.Context) (*toolchain.Toolchain, error) {
	checks, err := j.checkPackages()
	defer os.RemoveAll(j.mergedDir())
	if err != nil {
		return nil, err
	}
	tools, err := j.engine.toolchain(ctx, j.exercise, append([]toolchain.Package{{Imports: j.program.Imports}}, checks...))
	if err != nil {
		return nil, err
	}
	if err := j.compileLearners(ctx, tools); err != nil {
		return nil, err
	}
	if j.compileAgainstHeader(ctx, tools, checks) == nil {
		return tools, nil
	}
	return tools, j.explained(j.compileChecks(ctx, checks, j.archives[0], func(ctx context.Context, p toolchain.Package) (string, error) {
		return p.Out, tools.Compile(ctx, p)
	}))
}

// compileAgainstHeader has the checks compiled against the header of the learner's
// package, which most answers to an exercise have alike: it is done once for them all.
// An error says nothing of the program: checks may need more of it than its header.
func (j *judgement) compileAgainstHeader(ctx context.Context, tools *toolchain.Toolchain, checks []toolchain.Package) error {
	text, err := toolchain.Header(j.text, weave.Schedule)
	if err != nil {
		return err
	}
	dir := filepath.Join(j.dir, "learner")
	file := filepath.Join(dir, "header.go")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	header, err := tools.CompileHeader(ctx, toolchain.Package{
		Path: j.learnerPath(), Files: []string{file}, As: map[string]string{dir: j.exerciseDir()}, Imports: j.imports(), Out: filepath.Join(j.dir, "header.a"),
	})
	if err != nil {
		return err
	}
	header.Import = j.exercise.ImportPath()
	if err := j.compileChecks(ctx, checks, header, tools.CompileKept); err != nil {
		tools.Drop(header.File) // it may be damaged
		return err
	}
	return toolchain.StandIn(j.archives[0].File, header.File)
}

// compileChecks compiles the packages of the checks, which import the learner's.
func (j *judgement) compileChecks(ctx context.Context, checks []toolchain.Package, learners toolchain.Archive, compile func(context.Context, toolchain.Package) (string, error)) error {
	files := make([]string, len(checks))
	group, ctx := errgroup.WithContext(ctx)
	for i, p := range checks {
		p.Other = []toolchain.Archive{learners}
		p.Quickly = true // what it calls takes the time
		group.Go(func() (err error) {
			files[i], err = compile(ctx, p)
			return err
		})
	}
	err := group.Wait()
	j.archives = j.archives[:1]
	for i, p := range checks {
		j.archives = append(j.archives, toolchain.Archive{Import: p.Path, Path: p.Path, File: files[i]})
	}
	return err
}

// imports are what the learner's package may import, woven.
func (j *judgement) imports() []string {
	return append(j.program.Imports[:len(j.program.Imports):len(j.program.Imports)], woven...)
}

// compileLearners compiles the learner's package, woven, so that it can be run under
// schedules. Errors are those of the learner's own text, whose columns they name.
func (j *judgement) compileLearners(ctx context.Context, tools *toolchain.Toolchain) error {
	// In a folder of its own, in the place of which positions name the exercise's.
	dir := filepath.Join(j.dir, "learner")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	file := filepath.Join(dir, "submission.go")
	p := toolchain.Package{
		Path: j.learnerPath(), Files: []string{file}, As: map[string]string{dir: j.exerciseDir()}, Imports: j.imports(), Out: filepath.Join(j.dir, "learner.a"),
	}
	try := func(source []byte) error {
		if err := os.WriteFile(file, source, 0o600); err != nil {
			return err
		}
		return tools.Compile(ctx, p)
	}
	text, err := j.woven()
	if err == nil {
		j.text = text
		err = try(text)
	}
	var refused *toolchain.Refused
	var unwoven *unwovenError
	if errors.As(err, &refused) || errors.As(err, &unwoven) {
		if unwoven == nil {
			unwoven = &unwovenError{err}
		}
		if err = try(j.program.Source); err == nil {
			return unwoven
		}
	}
	j.archives = []toolchain.Archive{{Import: j.exercise.ImportPath(), Path: p.Path, File: p.Out}}
	if err = j.explained(err); err == nil || ctx.Err() != nil {
		return err
	}
	var told *compileError
	if !errors.As(err, &told) && try([]byte("package "+j.exercise.Package()+"\n")) == nil {
		// The compiler is all right, and the program too much for it.
		return &compileError{"Go's compiler does not come to an end with the program within the time and the memory that it may have: write it with less code, shorter expressions and fewer types within types."}
	}
	return err
}

// unwovenError is a program that compiles, but not with what runs it under many
// schedules. Without those it is not judged: what they would find would go unseen.
type unwovenError struct{ compiler error }

func (e *unwovenError) Error() string {
	why, _, _ := strings.Cut(e.compiler.Error(), "\n")
	return "it compiles as it stands, and not with what runs it under many schedules: " + why
}

// woven returns the program with what schedules need, or an *unwovenError.
func (j *judgement) woven() (woven []byte, err error) {
	defer func() {
		if what := recover(); what != nil { // a mistake of ours must not end a batch
			err = &unwovenError{fmt.Errorf("weaving panicked: %v", what)}
		}
	}()
	source, err := weave.Forgetful("submission.go", j.program.Source, weave.Schedule)
	if err != nil {
		return nil, &unwovenError{err}
	}
	text, err := weave.File("submission.go", source, weave.Schedule)
	if err != nil {
		return nil, &unwovenError{err}
	}
	j.places = text.Places
	return text.Text, nil
}

// explained turns what a compiler said into an error for the learner, if it is one.
func (j *judgement) explained(err error) error {
	var refused *toolchain.Refused
	if !errors.As(err, &refused) {
		return err
	}
	return j.explainBuild(refused.Output)
}

// link makes one binary of all the judgements, whose packages have been compiled,
// in dir.
func link(ctx context.Context, tools *toolchain.Toolchain, dir string, all []*judgement) (err error) {
	var archives []toolchain.Archive
	object := ""
	defer func() {
		if err != nil && ctx.Err() == nil { // something that was kept may be damaged
			tools.Drop(object)
			for _, a := range archives {
				tools.Drop(a.File)
			}
		}
	}()
	for i, j := range all {
		j.number, j.binary = i, filepath.Join(dir, "program")
		archives = append(archives, j.archives...)
	}
	file := filepath.Join(dir, "main.go")
	if err := os.WriteFile(file, []byte(mainSource(all)), 0o600); err != nil {
		return err
	}
	main := toolchain.Package{Path: "main", Files: []string{file}, Imports: []string{judgePackage}, Other: checksOf(all), Out: filepath.Join(dir, "main.a"), As: map[string]string{dir: exercise.Module}}
	if object, err = tools.CompileKept(ctx, main); err != nil {
		return err
	}
	entry := ""
	if runtime.GOOS == "linux" && runtime.GOARCH == "amd64" {
		entry = "judge_entry" // judge/entry_linux_amd64.s
	}
	return tools.Link(ctx, object, archives, entry, filepath.Join(dir, "program"))
}

// checksOf returns the archives that the main package imports.
func checksOf(all []*judgement) (checks []toolchain.Archive) {
	for _, j := range all {
		checks = append(checks, j.archives[1:]...)
	}
	return checks
}

// A program's packages have paths of their own where it is not alone in a binary.
func (j *judgement) learnerPath() string { return path.Join(j.exercise.ImportPath(), j.suffix) }
func (j *judgement) publicPath() string {
	return path.Join(j.exercise.ImportPath(), "checks", j.suffix)
}
func (j *judgement) hiddenPath() string {
	return path.Join(exercise.Module, "solutions", j.exercise.Slug, "hidden", j.suffix)
}

var judgePackage = path.Join(exercise.Module, "internal/engine/judge")

// mainSource names every check that is expected, so that a check which the build
// does not hold is an error of the build.
func mainSource(all []*judgement) string {
	var imports, programs strings.Builder
	for i, j := range all {
		fmt.Fprintf(&imports, "\tpublic%d %q\n", i, j.publicPath())
		if j.scope == All && !j.merged {
			fmt.Fprintf(&imports, "\thidden%d %q\n", i, j.hiddenPath())
		}
		fmt.Fprintf(&programs, "\t\tjudge.Program{Path: %q, Tests: []judge.Test{\n", j.learnerPath())
		for _, check := range j.report.Checks {
			from := "public"
			if check.Hidden && !j.merged {
				from = "hidden"
			}
			fmt.Fprintf(&programs, "\t\t\t{Name: %q, Run: %s%d.%s},\n", check.Name, from, i, check.Name)
		}
		programs.WriteString("\t\t}},\n")
	}
	return fmt.Sprintf("package main\n\nimport (\n\t%q\n\n%s)\n\nfunc main() {\n\tjudge.Main(\n%s\t)\n}\n", judgePackage, &imports, &programs)
}
