package kerneltest_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
	"github.com/interleave-lab/interleave/kernel-helpers/plot"
)

const plainImports = `import (
	"net"
	"os"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

`

// A reader who writes only what Go has sees a timeline that names the lines of the
// cell: every way to wait, each on a line of its own.
func TestPlainGoInACellIsNamedByItsLines(t *testing.T) {
	k := kerneltest.Start(t)
	body := strings.Split(`timeline.Show("Plain Go", func() {
	nap := 20 * time.Millisecond
	var mu sync.Mutex
	var cache sync.RWMutex
	var wg sync.WaitGroup
	var once sync.Once
	full := sync.NewCond(&mu)
	values, quit := make(chan int), make(chan bool)
	in, out, _ := os.Pipe()
	door, _ := net.Listen("tcp", "127.0.0.1:0")
	mu.Lock()
	cache.Lock()
	wg.Go(func() {
		mu.Lock() // contending: lock mu
		mu.Unlock()
		cache.RLock() // contending: lock cache
		cache.RUnlock()
	})
	go once.Do(func() { time.Sleep(5 * nap) }) // sleeping: its nap to end
	time.Sleep(nap) // sleeping: its nap to end
	mu.Unlock()
	time.Sleep(nap) // sleeping: its nap to end
	cache.Unlock()
	once.Do(func() {}) // waiting: once to be done
	wg.Go(func() {
		time.Sleep(nap) // sleeping: its nap to end
		<-values // waiting: a value from values
		time.Sleep(nap) // sleeping: its nap to end
		full.Signal()
		time.Sleep(nap) // sleeping: its nap to end
		close(quit)
		time.Sleep(nap) // sleeping: its nap to end
		out.Close()
		time.Sleep(nap) // sleeping: its nap to end
		visitor, _ := net.Dial("tcp", door.Addr().String())
		visitor.Close()
		time.Sleep(nap) // sleeping: its nap to end
	})
	time.Sleep(2 * nap) // sleeping: its nap to end
	values <- 1
	mu.Lock()
	full.Wait() // waiting: a signal of full
	mu.Unlock()
	select { // waiting: the first of several channels
	case <-values:
	case <-quit:
	}
	in.Read(make([]byte, 1)) // waiting: a file or another program
	door.Accept() // waiting: the network
	wg.Wait() // waiting: all of wg
})`, "\n")
	r := k.MustRun(plainImports + "%%\n" + strings.Join(body, "\n"))
	k.WantText(r, "Plain Go|of wall time")
	drawn := details(t, r)
	for i, line := range body {
		code, want, told := strings.Cut(line, " // ")
		if !told {
			continue
		}
		state, what, _ := strings.Cut(want, ": ")
		where := fmt.Sprintf("(line %d below %%%%)", i+1)
		pattern := regexp.MustCompile("^" + state + ": waits for " + regexp.QuoteMeta(what) + " at `" + regexp.QuoteMeta(strings.TrimSpace(code)) + "` (.*)$")
		at := slices.IndexFunc(drawn, pattern.MatchString)
		if at < 0 {
			t.Errorf("%s at `%s` is not drawn", want, strings.TrimSpace(code))
		} else if got := pattern.FindStringSubmatch(drawn[at])[1]; got != where && strings.Count(strings.Join(body, "\n"), code) == 1 {
			t.Errorf("%s at `%s` is drawn at %s, want %s", want, strings.TrimSpace(code), got, where)
		}
	}
	if t.Failed() {
		t.Log("drawn:\n" + strings.Join(slices.Compact(slices.Sorted(slices.Values(drawn))), "\n"))
	}
	k.WantSound()
}

// details returns what the chart of a result says of each span: "waiting: waits for
// a value from values at `<-values` (line 3 below %%)".
func details(t *testing.T, r *jupyter.Result) []string {
	t.Helper()
	bundles := r.Bundles()
	if len(bundles) != 1 {
		t.Fatalf("%d charts, want one", len(bundles))
	}
	option := bundles[0][plot.MIME].(map[string]any)["option"].(map[string]any)
	var all []string
	for _, series := range option["series"].([]any) {
		data, _ := series.(map[string]any)["data"].([]any)
		for _, span := range data {
			if span, ok := span.([]any); ok && len(span) == 6 {
				all = append(all, fmt.Sprint(span[3], ": ", span[5]))
			}
		}
	}
	return all
}

// In a child process plain Go is drawn, too, on the same clock.
func TestPlainGoInAChildProcessIsNamedByItsLines(t *testing.T) {
	k := kerneltest.Start(t)
	r := k.MustRun(`import (
	"context"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

var share = processes.NewFunc("share", func(n int) (int, error) {
	var mu sync.Mutex
	parts, sum := make(chan int), 0
	for i := range n {
		go func() {
			mu.Lock()
			time.Sleep(20 * time.Millisecond)
			mu.Unlock()
			parts <- i
		}()
	}
	for range n {
		sum += <-parts
	}
	return sum, nil
})

%%
timeline.Show("A child", func() {
	share.Start(context.Background(), 3).Wait()
})`)
	drawn := strings.Join(details(t, r), "\n")
	for _, want := range []string{
		"contending: waits for lock mu at `mu.Lock()`",
		"sleeping: waits for its nap to end at `time.Sleep(20 * time.Millisecond)`",
		"waiting: waits for a value from parts at `sum += <-parts`",
		"waiting: waits for a process to end at `share.Start(context.Background(), 3).Wait()` (line 2 below %%)",
	} {
		if !strings.Contains(drawn, want) {
			t.Errorf("%q is not in:\n%s", want, drawn)
		}
	}
	k.WantSound()
}

// A live timeline is one output, whose last picture is that of Show.
func TestALiveTimelineEndsAsOnePicture(t *testing.T) {
	k := kerneltest.Start(t)
	r := k.MustRun(`import (
	"fmt"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

%%
timeline.Live("Naps", func() {
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { time.Sleep(700 * time.Millisecond) })
	}
	wg.Wait()
	fmt.Println("printed meanwhile")
})`)
	k.WantText(r, `3 goroutines slept 2\.\d+ s in .* of wall time: 3 at once.`)
	k.WantText(r, `printed meanwhile`)
	if strings.Contains(r.Text(), "Still running") || len(r.Bundles()) != 1 {
		t.Errorf("%d pictures are left:\n%s", len(r.Bundles()), r.Text())
	}
	for _, form := range []string{plot.MIME, "text/html", "image/png"} {
		if r.Bundles()[0][form] == nil {
			t.Errorf("the last picture has no %s", form)
		}
	}
	k.WantSound()
}

// What a recording knows can be asked for, compared, and taken elsewhere.
func TestARecordingIsComparedAndSaved(t *testing.T) {
	k := kerneltest.Start(t)
	r := k.MustRun(`import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

func visits(tills int) func() {
	return func() {
		till := make([]sync.Mutex, tills)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				till[i%tills].Lock()
				defer till[i%tills].Unlock()
				time.Sleep(50 * time.Millisecond)
			})
		}
		wg.Wait()
	}
}

%%
one := timeline.Record(visits(1)).Named("one till")
four := timeline.Record(visits(4)).Named("four tills")
timeline.Compare("Four customers", one, four)
for _, c := range one.Contention() {
	fmt.Println(c.Waits, "waits for", c.Lock)
}
steps := one.CriticalPath()
fmt.Println("the path ends with the recording:", steps[len(steps)-1].End == one.Wall())
fmt.Println("cores:", one.Cores() > 0, len(one.Strip()) > 1)
if err := one.Save("visits.json"); err != nil {
	panic(err)
}
os.Remove("visits.json")`)
	k.WantText(r, `Four customers: one till \d+ ms, four tills \d+\.?\d* ms\. four tills: \d\.\d times as fast as one till\.`)
	k.WantText(r, `3 waits for lock till\[i%tills\]`)
	k.WantText(r, `the path ends with the recording: true\ncores: true true\n`)
	k.WantText(r, `visits.json holds the recording: open it at https://ui.perfetto.dev`)
	if drawn := strings.Join(details(t, r), "\n"); strings.Count(drawn, "contending: waits for lock till[i%tills] at `till[i%tills].Lock()` (visits)") != 3 {
		t.Errorf("the waits are not drawn with their line:\n%s", drawn)
	}
	k.WantSound()
}

// A child process that waits for ever, for what its parent does not give it, is told
// of: neither moves any more.
func TestAChildThatWaitsForEverIsTold(t *testing.T) {
	k := kerneltest.Start(t)
	r := k.MustRun(`import (
	"context"
	"fmt"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
	"github.com/interleave-lab/interleave/kernel-helpers/timeline"
)

var eat = processes.NewFunc("eat", func(q *processes.Queue[int]) (int, error) {
	return q.Get(context.Background())
})

%%
timeline.Show("A queue that nobody fills", func() {
	ctx, cancel := context.WithTimeout(context.Background(), 8*time.Second)
	defer cancel()
	_, err := eat.Start(ctx, processes.NewQueue[int](1)).Wait()
	fmt.Println(err)
})`)
	k.WantText(r, "Nothing of this recording has moved for [5-7] s:\n"+
		"  main waits for a process to end, at `.*Wait\\(\\)` \\(line 4 below %%\\)\n"+
		"  eat \\(pid \\d+\\) waits for queue q, at `return q.Get\\(context.Background\\(\\)\\)`\n"+
		"Stop the cell with ■ ")
	if strings.Count(r.Text(), "has moved") != 1 {
		t.Errorf("told more than once:\n%s", r.Text())
	}
	k.WantSound()
}
