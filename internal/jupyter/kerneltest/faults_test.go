package kerneltest_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

// Each of these ends in a clear message in the cell, a kernel that runs the
// next cell, and no process left behind.
func TestFaultsOfPlainCells(t *testing.T) {
	k := kerneltest.Start(t)
	for name, tc := range map[string]struct{ source, want string }{
		"compile error": {
			"%%\nvar x int = \"text\"\n_ = x",
			`Line 2(?s:.*)cannot use "text"`,
		},
		"syntax error": {
			"%%\nfor {",
			`expected '}', found 'EOF'`,
		},
		"panic": {
			"%%\nvar m map[string]int\nm[\"a\"] = 1",
			`panic: assignment to entry in nil map(?s:.*)exit status 2`,
		},
		"panic in a goroutine": {
			"%%\ngo func() { panic(\"in the background\") }()\nselect {}",
			`panic: in the background(?s:.*)goroutine `,
		},
		"deadlock": {
			"%%\nc := make(chan int)\n<-c",
			`all goroutines are asleep - deadlock!(?s:.*)chan receive`,
		},
		"deadlock on a mutex": {
			"import \"sync\"\n%%\nvar mu sync.Mutex\nmu.Lock()\nmu.Lock()",
			`all goroutines are asleep - deadlock!(?s:.*)sync.Mutex.Lock`,
		},
		"os.Exit": {
			"import \"os\"\n%%\nos.Exit(3)",
			`exit status 3`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			k.WantError(k.Run(tc.source), tc.want)
			k.WantSound()
		})
	}
}

func TestAnInfiniteLoopIsInterrupted(t *testing.T) {
	k := kerneltest.Start(t)
	started := filepath.Join(t.TempDir(), "started")
	r := k.RunAndInterrupt(`import "os"
%%
os.WriteFile("`+started+`", nil, 0o600)
for {
}`, started)
	k.WantError(r, `signal: interrupt`)
	k.WantSound()
}

func TestAMillionPrintedLinesArriveWhole(t *testing.T) {
	k := kerneltest.Start(t)
	r := k.MustRun("import \"fmt\"\n%%\nfor i := range 1_000_000 {\n\tfmt.Println(i)\n}")
	if lines := strings.Count(r.Text(), "\n"); lines != 1_000_000 {
		t.Errorf("%d lines arrived, want 1,000,000", lines)
	}
	if !strings.HasSuffix(r.Text(), "\n999999\n") {
		t.Error("the last line is not the last that was printed")
	}
	k.WantSound()
}

func TestAKilledKernelLeavesNothing(t *testing.T) {
	k := kerneltest.Start(t) // which looks for processes when the test has ended
	k.MustRun("import (\n\t\"os\"\n\t\"syscall\"\n)")
	_, err := k.Execute(t.Context(), "%%\nsyscall.Kill(os.Getppid(), syscall.SIGKILL)")
	if !errors.Is(err, jupyter.ErrKernelDied) {
		t.Errorf("got %v, want ErrKernelDied", err)
	}
}
