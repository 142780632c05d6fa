package cli

import (
	"context"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/foresight"
	"github.com/interleave-lab/interleave/internal/project"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

func newForesee() *cobra.Command {
	var kernel int
	cmd := &cobra.Command{
		Use:    "foresee FOLDER",
		Short:  "Judge the answers of a kernel as soon as their cells have run",
		Hidden: true, // a kernel's first check cell starts it
		Long: `Judge the answers of the kernel that builds its cells in FOLDER as soon as they have
run, so that their check cells need not wait. It ends with the kernel, or when no cell
was built for ten minutes.`,
		Example: `  interleave foresee --kernel 4711 /tmp/gonb_12345678`,
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			ctx, stop := interruptible(cmd)
			defer stop()
			e, err := engine.New(root)
			if err != nil {
				return err
			}
			if e.Sandbox, err = wantedSandbox(""); err != nil {
				return err
			}
			if _, err := e.Confine(ctx); err != nil {
				return err
			}
			ctx, end := context.WithCancel(ctx)
			defer end()
			f := foreseer{engine: e, root: root, shelf: foresight.Shelf(args[0]), end: end}
			if f.command, err = commandFile(); err != nil {
				return err
			}
			w := foresight.Watcher{Shelf: f.shelf, Answers: f.answers, Kernel: kernel, Idle: 10 * time.Minute}
			return w.Run(ctx)
		},
	}
	cmd.Flags().IntVar(&kernel, "kernel", 0, "end with the process of this `number`")
	return cmd
}

// foreseer judges what a check cell may ask for. Whatever goes wrong is left for that
// to tell.
type foreseer struct {
	engine  *engine.Engine
	root    string
	shelf   foresight.Shelf
	command os.FileInfo // this program's file
	end     func()      // of the process
}

func commandFile() (os.FileInfo, error) {
	file, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.Stat(file)
}

func (f *foreseer) answers(composed []byte) (found []foresight.Answer) {
	// The engine of a command that was built again may judge otherwise.
	if now, err := commandFile(); err != nil || !os.SameFile(now, f.command) || !now.ModTime().Equal(f.command.ModTime()) {
		f.end()
		return nil
	}
	all, err := exercise.LoadAll(f.root, "")
	if err != nil {
		return nil
	}
	for _, ex := range all {
		p, err := ex.FromKernel(composed)
		if err != nil {
			continue
		}
		text, err := foresight.Key(p, "", "")
		if err != nil {
			continue
		}
		found = append(found, foresight.Answer{Slug: ex.Slug, Text: text, Judge: func(ctx context.Context) { f.judge(ctx, ex, p) }})
	}
	return found
}

func (f *foreseer) judge(ctx context.Context, ex *exercise.Exercise, p *exercise.Program) {
	release, err := f.shelf.Claim(ex.Slug)
	if err != nil {
		return // a check cell judges it, or nothing can be kept
	}
	defer release()
	f.engine.Renew()
	key, err := foreseenKey(ctx, f.engine, ex, p)
	if err != nil {
		return
	}
	p.Notes = nil // whoever asks has notes of its own
	if r := f.engine.Judge(ctx, ex, p, engine.Public); ctx.Err() == nil && r.Verdict != engine.GraderFault {
		_ = f.shelf.Put(ex.Slug, key, r)
	}
}

func foreseenKey(ctx context.Context, e *engine.Engine, ex *exercise.Exercise, p *exercise.Program) (string, error) {
	version, err := e.Version(ctx, ex)
	if err != nil {
		return "", err
	}
	return foresight.Key(p, version, os.Getenv(sandbox.Variable))
}

// judgeForeseen judges for a check cell, unless that was done when the answer ran.
func judgeForeseen(ctx context.Context, e *engine.Engine, ex *exercise.Exercise, p *exercise.Program, shelf foresight.Shelf) *engine.Report {
	release, err := shelf.Await(ctx, ex.Slug)
	if err != nil {
		return e.Judge(ctx, ex, p, engine.Public)
	}
	defer release()
	if key, err := foreseenKey(ctx, e, ex, p); err == nil {
		if r := shelf.Take(ex.Slug, key); r != nil {
			r.Notes = append(p.Notes[:len(p.Notes):len(p.Notes)], r.Notes...)
			return r
		}
	}
	return e.Judge(ctx, ex, p, engine.Public)
}

// startForeseeing has the kernel's further answers judged as they run. A check is right
// without it, and only slower.
func startForeseeing(shelf foresight.Shelf, kernel int) {
	if shelf.Watched() {
		return
	}
	command, err := os.Executable()
	if err != nil {
		return
	}
	cmd := exec.Command(command, "foresee", "--kernel", strconv.Itoa(kernel), string(shelf))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // interrupting the cell is not for it
	if cmd.Start() == nil {
		_ = cmd.Process.Release()
	}
}
