package kerneltest_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

const recordingImports = `import (
	"context"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/locks"
	"github.com/interleave-lab/interleave/kernel-helpers/plot"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/threads"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

var waitForSignal = processes.NewFunc("waits", func(int) (int, error) {
	syscall.Kill(os.Getpid(), syscall.SIGTERM)
	select {}
})

%%
_ = []any{context.Background, fmt.Sprint, sync.OnceFunc, time.Now, waitForSignal}
_ = []any{locks.NewMutex, plot.Bar, threads.Go, timeline.Show}
`

// Whatever ends a recording, the cell says what happened, the kernel runs the
// next cell, and no process is left behind.
func TestFaultsInsideARecording(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	for name, tc := range map[string]struct{ body, wantError, wantShown string }{
		"panic": {
			`panic("in the recording")`,
			`panic: in the recording(?s:.*)exit status 2`,
			`.`, // what there was is drawn
		},
		"panic in a goroutine": {
			`go func() { panic("in the background") }()
			select {}`,
			`panic: in the background(?s:.*)exit status 2`,
			``,
		},
		"panic in a group": {
			`var group threads.Group
			group.Go("the unlucky", func() { panic("in a thread") })
			group.Wait()`,
			`in a thread(?s:.*)exit status 2`,
			`.`,
		},
		"deadlock on channels": {
			`answer := make(chan int)
			<-answer`,
			`all goroutines are asleep - deadlock!`,
			`answer`,
		},
		"deadlock on locks": {
			`a, b := locks.NewMutex("a"), locks.NewMutex("b")
			var group threads.Group
			for i, pair := range [][2]*locks.Mutex{{a, b}, {b, a}} {
				group.Go(fmt.Sprint("philosopher ", i), func() {
					pair[0].Lock()
					time.Sleep(20 * time.Millisecond)
					pair[1].Lock()
				})
			}
			group.Wait()`,
			`all goroutines are asleep - deadlock!`,
			`philosopher 0 waits for lock b, which philosopher 1 holds`,
		},
		"os.Exit": {
			`os.Exit(3)`,
			`exit status 3`,
			``,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			began := time.Now()
			r := k.Run("%%\ntimeline.Show(\"Trouble\", func() {\n" + tc.body + "\n})")
			k.WantError(r, tc.wantError)
			k.WantText(r, tc.wantShown)
			t.Logf("told after %v", time.Since(began))
			k.WantSound()
		})
	}
}

func TestNestedRecordings(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	r := k.MustRun(`%%
timeline.Show("Outer", func() {
	timeline.Show("Inner", func() { time.Sleep(time.Millisecond) })
	time.Sleep(time.Millisecond)
})`)
	if charts := len(r.Bundles()); charts != 2 {
		t.Errorf("%d charts, want the inner and the outer one; shown:\n%s", charts, r.Text())
	}
	k.WantSound()
}

func TestAChildKilledByASignalInsideARecording(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	r := k.MustRun(`%%
timeline.Show("A child dies", func() {
	_, err := waitForSignal.Start(context.Background(), 0).Wait()
	fmt.Println("it said:", err)
})`)
	k.WantText(r, `it said: .*SIGTERM`)
	if len(r.Bundles()) != 1 {
		t.Error("the recording was not drawn")
	}
	k.WantSound()
}

func TestAnEndlessRecordingIsInterrupted(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	started := filepath.Join(t.TempDir(), "started")
	r := k.RunAndInterrupt(fmt.Sprintf(`%%%%
timeline.Show("For ever", func() {
	os.WriteFile(%q, nil, 0o600)
	for {
	}
})`, started), started)
	k.WantError(r, `signal: interrupt`)
	k.WantSound()
}

// A chart of 50,000 bars arrives as one that a browser can bear: what is
// thinner than a pixel is merged.
func TestAChartOfManyBars(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	r := k.MustRun(`%%
chart := plot.Timeline{Title: "Many", Wall: 50_000 * time.Microsecond}
lane := plot.Lane{Label: "busy"}
for i := range 50_000 {
	at := time.Duration(i) * time.Microsecond
	lane.Spans = append(lane.Spans, plot.Span{Start: at, End: at + 500, State: plot.Running})
}
chart.Lanes = []plot.Lane{lane}
fmt.Println("error:", chart.Chart().Show())`)
	k.WantText(r, `error: <nil>`)
	bundles := r.Bundles()
	if len(bundles) != 1 {
		t.Fatalf("%d charts, want 1; shown:\n%s", len(bundles), r.Text())
	}
	if size := len(fmt.Sprint(bundles[0])); size > 4<<20 {
		t.Errorf("the chart is %d bytes large", size)
	}
	k.WantSound()
}
