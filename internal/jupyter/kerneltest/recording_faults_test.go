package kerneltest_test

import (
	"fmt"
	"os"
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

// promise is how soon a recording in which nothing can run any more is told of.
const promise = 5 * time.Second

// Whatever ends a recording, the cell says what happened, the kernel runs the
// next cell, and no process is left behind.
func TestFaultsInsideARecording(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	for name, tc := range map[string]struct {
		body, wantError, wantShown string
		within                     time.Duration // 0: however long it takes
	}{
		"panic": {
			`panic("in the recording")`,
			`panic: in the recording(?s:.*)exit status 2`,
			`.`, // what there was is drawn
			0,
		},
		"panic in a goroutine": {
			`go func() { panic("in the background") }()
			select {}`,
			`panic: in the background(?s:.*)exit status 2`,
			``,
			0,
		},
		"panic in a group": {
			`var group threads.Group
			group.Go("the unlucky", func() { panic("in a thread") })
			group.Wait()`,
			`in a thread(?s:.*)exit status 2`,
			`.`,
			0,
		},
		"deadlock on channels": {
			`answer := make(chan int)
			<-answer`,
			"main waits for a value from answer, at `<-answer`(?s:.*)all goroutines are asleep - deadlock!",
			`answer`,
			promise,
		},
		"deadlock on a lock": {
			`fork, taken, plates := locks.NewMutex("fork"), make(chan bool), make(chan int)
			var group threads.Group
			group.Go("philosopher 0", func() {
				fork.Lock()
				close(taken)
				<-plates
			})
			group.Go("philosopher 1", func() {
				<-taken
				fork.Lock()
			})
			group.Wait()`,
			`all goroutines are asleep - deadlock!`,
			`philosopher 1 waits for lock fork, which philosopher 0 holds`,
			promise,
		},
		"os.Exit": {
			`os.Exit(3)`,
			`exit status 3`,
			``,
			0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			k := k.On(t)
			began := filepath.Join(t.TempDir(), "began")
			r := k.Run(fmt.Sprintf("%%%%\nos.WriteFile(%q, nil, 0o600)\ntimeline.Show(\"Trouble\", func() {\n%s\n})", began, tc.body))
			if took := time.Since(made(t, began)); tc.within > 0 && took > tc.within {
				t.Errorf("told %v after the recording had begun, want at most %v", took, tc.within)
			}
			k.WantError(r, tc.wantError)
			k.WantText(r, tc.wantShown)
			k.WantSound()
		})
	}
}

// made returns when a file was made.
func made(t *testing.T, file string) time.Time {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	return info.ModTime()
}

// A deadlock beside a listener cannot be proved: a request might come and end it.
// It is told all the same, and how to stop.
func TestADeadlockBesideAServerIsToldAndInterrupted(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(recordingImports)
	began, told := filepath.Join(t.TempDir(), "began"), filepath.Join(t.TempDir(), "told")
	r := k.RunAndInterrupt(fmt.Sprintf(`import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
)

%%%%
server := httptest.NewServer(http.NotFoundHandler())
defer server.Close()

// What is written to standard error passes through here, to see when it is.
stderr := os.Stderr
passing, diverted, err := os.Pipe()
if err != nil {
	panic(err)
}
os.Stderr = diverted
go func() {
	for lines := bufio.NewScanner(passing); lines.Scan(); {
		fmt.Fprintln(stderr, lines.Text())
		if strings.Contains(lines.Text(), "Interrupt") {
			os.WriteFile(%q, nil, 0o600)
		}
	}
}()

os.WriteFile(%q, nil, 0o600)
timeline.Show("Pages", func() {
	pages := make(chan int)
	var group threads.Group
	for i := range 2 {
		group.Go(fmt.Sprint("loader ", i), func() {
			response, err := http.Get(server.URL)
			if err != nil {
				panic(err)
			}
			response.Body.Close()
			pages <- i
		})
	}
	group.Wait()
})`, told, began), told)
	k.WantError(r, "Nothing of this recording has moved for \\d s:\n"+
		"  main waits for all of group, at `group.Wait\\(\\)` \\(line \\d+ below %%\\)\n"+
		"  loader 0 waits for a receiver on pages, at `pages <- i` .*\n"+
		"  loader 1 waits for a receiver on pages, at `pages <- i` .*\n"+
		"Stop the cell with ■ \\(Interrupt\\) (?s:.*)signal: interrupt")
	if took := made(t, told).Sub(made(t, began)); took < promise || took > promise+3*time.Second {
		t.Errorf("told %v after the recording had begun, want a little more than %v", took, promise)
	}
	k.WantSound()
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
