package display

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The tests run this test binary as a cell's program below a stand-in for the
// kernel; programs is what it can be.
var programs = map[string]func(){
	"interleave": func() {
		for i := range 300 {
			fmt.Println("printed", i)
			report(Show(Bundle{"text/plain": fmt.Sprint("shown ", i)}))
		}
	},
	"much text before each": func() {
		for i := range 20 {
			fmt.Print(strings.Repeat(".", 100_000))
			report(Show(Bundle{"text/plain": fmt.Sprint("shown ", i)}))
		}
	},
	"goroutines": func() {
		var group sync.WaitGroup
		for i := range 8 {
			group.Go(func() {
				for j := range 25 {
					report(Show(Bundle{"text/plain": fmt.Sprint(i, "/", j)}))
				}
			})
		}
		group.Wait()
	},
	"progress": func() {
		progress := NewProgress("steps", 100_000)
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() {
				for range 10_000 {
					progress.Add(1)
					if rand.IntN(100) == 0 {
						time.Sleep(time.Millisecond)
					}
				}
			})
		}
		group.Wait()
		report(progress.Close())
		report(progress.Close())
		progress.Add(1)
	},
	"progress that pauses": func() {
		progress := NewProgress("steps", 0)
		for range 3 {
			progress.Add(1)
		}
		time.Sleep(4 * interval) // a cell that computes
		report(progress.Close())
	},
	"values": func() {
		report(Show(Bundle{
			"image/png":        []byte("\x89PNG"),
			"application/json": []map[string]any{{"a": 1, "b": nil, "c": []int{1}}},
			"application/x+json": map[string]any{
				"nested": []any{1.5, "x", true, nil, map[string]any{"deep": map[string]any{}}},
			},
			"application/list+json": [2]float32{1, 0.1},
		}))
	},
	"not a number": func() {
		report(Show(Bundle{"application/json": map[string]any{"x": math.NaN()}}))
		report(Show(Bundle{"application/json": make(chan int)}))
		report(Show(Bundle{}))
		report(HTML("still works"))
	},
	"live": func() {
		live := NewLive()
		for i := range 20_000 {
			report(live.Update(Bundle{"text/plain": fmt.Sprint(i)}))
		}
		report(live.Close())
	},
	"live without close": func() {
		live := NewLive()
		report(live.Update(Bundle{"text/plain": "first"}))
		report(live.Update(Bundle{"text/plain": "second"}))
		for due := true; due; time.Sleep(interval) { // virtual time cannot wait for a pipe
			live.mu.Lock() // held while the timer shows it
			due = live.pending != nil
			live.mu.Unlock()
		}
	},
	"one then another": func() {
		report(HTML("one"))
		report(HTML("two"))
		report(HTML("three"))
	},
	"impatient": func() {
		toKernel.patience = 50 * time.Millisecond
		report(HTML("one"))
		report(HTML("two"))
	},
}

func report(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func TestMain(m *testing.M) {
	if program, ok := programs[os.Getenv("DISPLAY_TEST_PROGRAM")]; ok {
		program()
		return
	}
	dir, err := os.MkdirTemp("", "display-test")
	if err != nil {
		log.Fatal(err)
	}
	kernelBinary = filepath.Join(dir, "kernel")
	message, err := exec.Command("go", "build", "-o", kernelBinary, "./testdata/kernel").CombinedOutput()
	if err != nil {
		log.Fatalf("%v: %s", err, message)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(status int) {
		os.RemoveAll(dir)
		os.Exit(status)
	}))
}

var kernelBinary string // the stand-in, built

// output is one line of the stand-in kernel.
type output struct {
	Stdout  string
	Display map[string]any
	ID      string
}

// run runs a program below the stand-in kernel and returns what was shown and
// what it wrote to stderr.
func run(t *testing.T, program string, kernelArgs ...string) (shown []output, stderr string) {
	t.Helper()
	command := exec.Command(kernelBinary, append(kernelArgs, os.Args[0])...)
	command.Env = append(os.Environ(), "DISPLAY_TEST_PROGRAM="+program, "GORACE=atexit_sleep_ms=0")
	var out, errs bytes.Buffer
	command.Stdout, command.Stderr = &out, &errs
	if err := command.Run(); err != nil {
		t.Fatalf("%v\n%s", err, errs.String())
	}
	for decoder := json.NewDecoder(&out); decoder.More(); {
		var o output
		if err := decoder.Decode(&o); err != nil {
			t.Fatal(err)
		}
		shown = append(shown, o)
	}
	return shown, errs.String()
}

// plain is what was shown as text/plain.
func plain(shown []output) (texts []string) {
	for _, o := range shown {
		if text, ok := o.Display["text/plain"].(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

func TestOutputStandsInOrderWithPrints(t *testing.T) {
	shown, stderr := run(t, "interleave")
	if stderr != "" {
		t.Fatal(stderr)
	}
	var got []string
	for _, o := range shown {
		if o.Display != nil {
			got = append(got, o.Display["text/plain"].(string))
		} else {
			got = append(got, strings.Split(strings.TrimSpace(o.Stdout), "\n")...)
		}
	}
	var want []string
	for i := range 300 {
		want = append(want, fmt.Sprint("printed ", i), fmt.Sprint("shown ", i))
	}
	if !slices.Equal(got, want) {
		t.Errorf("out of order or lost: %d outputs, want %d", len(got), len(want))
	}
}

func TestOutputWaitsForLongPrints(t *testing.T) {
	shown, stderr := run(t, "much text before each")
	if stderr != "" {
		t.Fatal(stderr)
	}
	printed, count := 0, 0
	for _, o := range shown {
		printed += len(o.Stdout)
		if o.Display != nil {
			count++
			if printed != count*100_000 {
				t.Errorf("output %d came after %d printed bytes, want %d", count, printed, count*100_000)
			}
		}
	}
	if count != 20 {
		t.Errorf("%d outputs, want 20", count)
	}
}

func TestNothingIsLostAmongGoroutines(t *testing.T) {
	shown, stderr := run(t, "goroutines")
	if stderr != "" {
		t.Fatal(stderr)
	}
	texts := plain(shown)
	slices.Sort(texts)
	if texts = slices.Compact(texts); len(texts) != 200 {
		t.Errorf("%d different outputs, want 200", len(texts))
	}
}

func TestValuesArriveAsTheyAre(t *testing.T) {
	shown, stderr := run(t, "values")
	if stderr != "" || len(shown) != 1 {
		t.Fatalf("%d outputs\n%s", len(shown), stderr)
	}
	got, err := json.Marshal(shown[0].Display)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"application/json":[{"a":1,"b":null,"c":[1]}],"application/list+json":[1,0.1],` +
		`"application/x+json":{"nested":[1.5,"x",true,null,{"deep":{}}]},"image/png":"iVBORw=="}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestBadValuesAreErrorsAndHarmNothing(t *testing.T) {
	shown, stderr := run(t, "not a number")
	for _, want := range []string{"unsupported value: NaN", "unsupported type: chan int", "the bundle is empty"} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no error says %q:\n%s", want, stderr)
		}
	}
	if len(shown) != 1 || shown[0].Display["text/html"] != "still works" {
		t.Errorf("later output is lost: %v", shown)
	}
}

func TestLiveShowsFewUpdatesAndTheLast(t *testing.T) {
	start := time.Now()
	shown, stderr := run(t, "live")
	if stderr != "" {
		t.Fatal(stderr)
	}
	texts := plain(shown)
	if most := int(time.Since(start)/interval) + 2; len(texts) > most {
		t.Errorf("%d updates, want at most %d", len(texts), most)
	}
	if texts[0] != "0" || texts[len(texts)-1] != "19999" {
		t.Errorf("shown %v, want the first and the last among them", texts)
	}
	for _, o := range shown {
		if o.ID == "" || o.ID != shown[0].ID {
			t.Errorf("id %q, want the same everywhere: %q", o.ID, shown[0].ID)
		}
	}
}

func TestLiveShowsADelayedUpdateByItself(t *testing.T) {
	shown, stderr := run(t, "live without close")
	if got := plain(shown); stderr != "" || !slices.Equal(got, []string{"first", "second"}) {
		t.Errorf("shown %v, want first and second\n%s", got, stderr)
	}
}

func TestAKernelThatLeftIsAnError(t *testing.T) {
	_, stderr := run(t, "one then another", "-leave", "1")
	if got := strings.Count(stderr, "the kernel that ran this cell is gone; restart it"); got < 2 {
		t.Errorf("%d errors that say so, want one for each call after the first:\n%s", got, stderr)
	}
}

func TestAKernelThatDoesNotAnswerIsAnError(t *testing.T) {
	_, stderr := run(t, "impatient", "-mute")
	if got := strings.Count(stderr, "the kernel did not answer within 50ms; interrupt and restart it"); got != 2 {
		t.Errorf("%d errors that say so, want 2:\n%s", got, stderr)
	}
}

func TestPipesThatAreNotThereAreAnError(t *testing.T) {
	t.Setenv(pipeEnv, filepath.Join(t.TempDir(), "gone"))
	k := kernel{patience: time.Second}
	if err := k.show(Bundle{}, ""); err == nil || !strings.Contains(err.Error(), "is gone") {
		t.Errorf("error %v, want one that says that the kernel is gone", err)
	}
}

func TestOutsideAKernelTheTextIsPrinted(t *testing.T) {
	for _, c := range []struct {
		bundle Bundle
		want   string
	}{
		{Bundle{"text/plain": "plain", "text/html": "<b>rich</b>"}, "plain\n"},
		{Bundle{"text/markdown": "**bold**\n", "text/html": "<b>"}, "**bold**\n"},
		{Bundle{"text/html": "<b>"}, "<b>\n"},
		{Bundle{"image/png": []byte("x"), "image/jpeg": []byte("y")}, "(image/jpeg, image/png: shown in a notebook)\n"},
	} {
		var out strings.Builder
		if err := printPlain(&out, c.bundle); err != nil || out.String() != c.want {
			t.Errorf("printed %q, %v; want %q", out.String(), err, c.want)
		}
	}
}
