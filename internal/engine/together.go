package engine

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/toolchain"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/scratch"
)

// JudgeAll judges programs for one exercise, each as Judge would: one binary holds
// those that can share one, which saves most of the linking, and each runs in
// processes of its own. done is called with each one's number as its report is there,
// by several goroutines at a time.
//
// What all calls do at a time is bounded by the number of processors: several may be
// under way, so that some run while others are linked.
func (e *Engine) JudgeAll(ctx context.Context, ex *exercise.Exercise, programs []*exercise.Program, scope Scope, done func(i int, r *Report)) {
	var work sync.WaitGroup
	alone := func(i int) {
		work.Go(func() { e.atWork(func() { done(i, e.Judge(ctx, ex, programs[i], scope)) }) })
	}
	folder, err := scratch.New("interleave-judge-", nil)
	if err != nil {
		for i, p := range programs {
			done(i, e.begin(ex, p, scope, "").report.fault(err))
		}
		return
	}
	defer folder.Remove()
	defer work.Wait()

	b := &batch{dir: folder.Path}
	apart := checksStandAlone(ex, scope)
	var compiled sync.WaitGroup
	for i, p := range programs {
		if apart || !sharable(p.Source) {
			alone(i)
			continue
		}
		compiled.Go(func() {
			e.atWork(func() {
				began := time.Now()
				j := e.begin(ex, p, scope, filepath.Join(folder.Path, fmt.Sprint(i)))
				j.suffix = fmt.Sprint(i)
				if j.report.Verdict == "" && b.compile(ctx, i, j) {
					j.report.Seconds = time.Since(began).Seconds()
					return
				}
				if j.report.Verdict == GraderFault {
					alone(i)
					return
				}
				j.report.Seconds = time.Since(began).Seconds()
				done(i, j.report)
			})
		})
	}
	compiled.Wait()
	if len(b.compiled) == 0 {
		return
	}
	e.atWork(func() { err = link(ctx, b.tools, folder.Path, b.compiled) })
	for n, j := range b.compiled {
		i := b.numbers[n]
		if err != nil {
			alone(i)
			continue
		}
		work.Go(func() {
			e.atWork(func() {
				began := time.Now()
				j.judge(ctx)
				j.report.Seconds += time.Since(began).Seconds()
			})
			if j.report.Verdict == GraderFault && ctx.Err() == nil {
				alone(i) // whatever it is, others in the binary must not be the reason
				return
			}
			done(i, j.report)
		})
	}
}

// atWork runs f when a processor is free for it.
func (e *Engine) atWork(f func()) {
	e.once.Do(func() { e.slots = make(chan struct{}, runtime.GOMAXPROCS(0)+2) })
	e.slots <- struct{}{}
	defer func() { <-e.slots }()
	f()
}

// batch is the programs that one binary is to hold.
type batch struct {
	dir string

	mu       sync.Mutex // protects what follows
	tools    *toolchain.Toolchain
	compiled []*judgement
	numbers  []int // of the compiled, among all programs
}

// compile compiles one of the programs, number i, and reports whether it may be
// linked with the others. Its report says why if not.
func (b *batch) compile(ctx context.Context, i int, j *judgement) bool {
	err := os.Mkdir(j.dir, 0o700)
	var tools *toolchain.Toolchain
	if err == nil {
		tools, err = j.compile(ctx)
	}
	if err == nil {
		// Others run beside it: its text is nothing for them.
		err = os.RemoveAll(filepath.Join(j.dir, "learner"))
	}
	if err == nil {
		err = small(j.archives[0].File)
	}
	if !j.built(err) {
		return false
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.tools, b.compiled, b.numbers = tools, append(b.compiled, j), append(b.numbers, i)
	return true
}

// small is an error if a package holds much data, which every process would map.
func small(archive string) error {
	const most = 4 << 20
	info, err := os.Stat(archive)
	if err == nil && info.Size() > most {
		err = fmt.Errorf("the package is too large to be linked with others: %d MB", info.Size()>>20)
	}
	return err
}
