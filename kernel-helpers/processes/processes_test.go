package processes_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/internal/race"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

// TestMain lets the test's binary be some whole programs, too.
func TestMain(m *testing.M) {
	if program := programs[os.Getenv("PROCESSES_TEST_PROGRAM")]; program != nil {
		program()
		return
	}
	os.Setenv("GORACE", "atexit_sleep_ms=0") // children end at once
	goleak.VerifyTestMain(m)
}

// programs are mains of their own. Those that do not want to parse flags must
// not: it is what they are there for.
var programs = map[string]func(){}

// program returns a command that runs one of them.
func program(name string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PROCESSES_TEST_PROGRAM="+name)
	return cmd
}

// captured returns what is printed while f runs.
func captured(t *testing.T, f func()) (stdout, stderr string) {
	t.Helper()
	files := []**os.File{&os.Stdout, &os.Stderr}
	texts := make([]chan string, len(files))
	for i, file := range files {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		saved := *file
		*file = w
		texts[i] = make(chan string, 1)
		go func() {
			var text bytes.Buffer
			text.ReadFrom(r)
			r.Close()
			texts[i] <- text.String()
		}()
		defer func() { *file = saved }()
	}
	f()
	for _, file := range files {
		(*file).Close()
	}
	return <-texts[0], <-texts[1]
}

var square = processes.NewFunc("square", func(n int) (int, error) { return n * n, nil })

var fail = processes.NewFunc("fail", func(text string) (int, error) { return 1, errors.New(text) })

var getpid = processes.NewFunc("getpid", func(struct{}) (int, error) { return os.Getpid(), nil })

var echo = processes.NewFunc("echo", func(b []byte) ([]byte, error) { return b, nil })

func TestResult(t *testing.T) {
	p := square.Start(t.Context(), 7)
	if n, err := p.Wait(); n != 49 || err != nil {
		t.Fatal(n, err)
	}
	if n, err := p.Wait(); n != 49 || err != nil {
		t.Error("the second Wait:", n, err)
	}
	select {
	case <-p.Done():
	default:
		t.Error("not done after Wait")
	}
}

func TestItIsAnotherProcess(t *testing.T) {
	p := getpid.Start(t.Context(), struct{}{})
	pid, err := p.Wait()
	if err != nil || pid != p.Pid() || pid == os.Getpid() {
		t.Errorf("child says %d, parent %d, and is itself %d (%v)", pid, p.Pid(), os.Getpid(), err)
	}
}

func TestFunctionsOwnError(t *testing.T) {
	n, err := fail.Start(t.Context(), "no such page").Wait()
	if n != 0 || err == nil || err.Error() != "no such page" {
		t.Error(n, err)
	}
	if exit := (*processes.ExitError)(nil); errors.As(err, &exit) {
		t.Error("taken for a crash")
	}
}

func TestFiftyMegabytesThereAndBack(t *testing.T) {
	sent := bytes.Repeat([]byte("interleave"), 5<<20)
	got, err := echo.Start(t.Context(), sent).Wait()
	if err != nil || !bytes.Equal(got, sent) {
		t.Errorf("%d bytes came back of %d (%v)", len(got), len(sent), err)
	}
}

var names = processes.NewFunc("names", func(struct{}) (int, error) { return 0, nil })

func TestNames(t *testing.T) {
	var got []string
	for _, f := range []*processes.Func[struct{}, int]{names, names, names.Named("the low half")} {
		p := f.Start(t.Context(), struct{}{})
		if _, err := p.Wait(); err != nil {
			t.Error(err)
		}
		got = append(got, p.Name())
	}
	// The numbers go on when the test runs again.
	if !strings.HasPrefix(got[0], "names") || !strings.HasPrefix(got[1], "names ") || got[0] == got[1] || got[2] != "the low half" {
		t.Errorf("%q", got)
	}
}

type person struct {
	Name    string
	Friends []*person
	Grades  map[string]float64
	Any     any
}

var befriend = processes.NewFunc("befriend", func(p *person) (*person, error) {
	if p == nil {
		return nil, nil
	}
	p.Friends = append(p.Friends, &person{Name: "Grace", Any: 7})
	return p, nil
})

func TestStructuredValues(t *testing.T) {
	got, err := befriend.Start(t.Context(), &person{Name: "Ada", Grades: map[string]float64{"logic": 1}}).Wait()
	if err != nil || got.Friends[0].Name != "Grace" || got.Friends[0].Any != 7 || got.Grades["logic"] != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err = befriend.Start(t.Context(), nil).Wait(); got != nil || err != nil {
		t.Error("a nil pointer becomes", got, err)
	}
}

// What a child is: the program after its initialisers.

var greeting = "set by an initialiser"

type greeter interface{ greet() string }
type hello struct{}

func (hello) greet() string { return greeting }

var interfaced greeter = hello{}

func init() { greeting += " and by init" }

var size = flag.Int("processes.size", 1, "a flag of the program's own")

var state = processes.NewFunc("state", func(struct{}) (string, error) {
	return fmt.Sprint(interfaced.greet(), ", ", *size, ", ", flag.NArg(), ", ", strings.Contains(strings.Join(os.Args, " "), "interleave.child")), nil
})

func TestChildHasWhatInitialisersMade(t *testing.T) {
	os.Args = append(os.Args, "-processes.size=9", "rest")
	defer func() { os.Args = os.Args[:len(os.Args)-2] }()
	greeting = "set later"
	got, err := state.Start(t.Context(), struct{}{}).Wait()
	if want := "set by an initialiser and by init, 9, 1, false"; got != want || err != nil {
		t.Errorf("%q, not %q (%v)", got, want, err)
	}
}

var variables = processes.NewFunc("variables", func(struct{}) ([]string, error) { return os.Environ(), nil })

func TestChildHasNotTheKernelsPipes(t *testing.T) {
	t.Setenv("GONB_PIPE", "/tmp/fifo")
	t.Setenv("GONB_PIPE_BACK", "/tmp/fifo")
	t.Setenv("COLOUR", "blue")
	got, err := variables.Start(t.Context(), struct{}{}).Wait()
	if text := strings.Join(got, "\n"); err != nil || strings.Contains(text, "GONB_PIPE") || !strings.Contains(text, "COLOUR=blue") {
		t.Errorf("%v %s", err, text)
	}
}

var family = processes.NewFunc("family", func(generations int) (int, error) {
	if generations == 0 {
		return 0, nil
	}
	n, err := familyOf(generations - 1)
	return n + 1, err
})

var familyOf func(int) (int, error)

func init() {
	familyOf = func(n int) (int, error) { return family.Start(context.Background(), n).Wait() }
}

func TestGrandchildren(t *testing.T) {
	if n, err := family.Start(t.Context(), 3).Wait(); n != 3 || err != nil {
		t.Error(n, err)
	}
}

func TestNoFileIsLeftOpen(t *testing.T) {
	open := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("no /proc:", err)
		}
		return len(entries)
	}
	before := open()
	starts, atOnce := 1000, 8
	if race.Enabled {
		starts = 200 // each costs ten times as much
	}
	tokens := make(chan struct{}, atOnce)
	for i := range starts {
		tokens <- struct{}{}
		p := square.Start(t.Context(), i)
		go func() {
			if n, err := p.Wait(); n != i*i || err != nil {
				t.Error(i, n, err)
			}
			<-tokens
		}()
	}
	for range atOnce {
		tokens <- struct{}{}
	}
	if after := open(); after > before {
		t.Errorf("%d files are open, and %d were", after, before)
	}
}

// parseFlags is what a cell's main begins with.
func parseFlags() { flag.Parse() }
