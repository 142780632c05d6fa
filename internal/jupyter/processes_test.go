package jupyter_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/project"
)

// Child processes of cells, on the real kernel.

const processImports = `import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var ctx = context.Background()
`

// startedKernel returns a kernel in a folder of its own.
func startedKernel(t *testing.T) (k *jupyter.Kernel, dir string) {
	t.Helper()
	root, err := project.Root()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if k, err = jupyter.StartKernel(t.Context(), root, dir); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	return k, dir
}

// execute runs a cell, which must succeed, and returns what it printed.
func execute(t *testing.T, k *jupyter.Kernel, source string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 90*time.Second)
	defer cancel()
	r, err := k.Execute(ctx, source)
	if err != nil {
		t.Fatal(err)
	}
	if r.Failed {
		t.Fatalf("the cell failed: %s", r.Error())
	}
	return r.Text()
}

func TestProcessesQueuesAndPoolsInCells(t *testing.T) {
	k, _ := startedKernel(t)
	execute(t, k, processImports+`
var primes = processes.NewFunc("primes", func(n int) (int, error) {
	count := 0
next:
	for i := 2; i <= n; i++ {
		for j := 2; j*j <= i; j++ {
			if i%j == 0 {
				continue next
			}
		}
		count++
	}
	fmt.Println("up to", n, "I found", count)
	return count, nil
})

var greet = processes.NewAction("greet", func(q *processes.Queue[string]) error {
	return q.Put(ctx, "Hello from the worker!")
})

func square(n int) (int, error) { return n * n, nil }

var squares = processes.NewFunc("squares", square)

var breaks = processes.NewFunc("breaks", func(list []int) (int, error) {
	return list[5], nil
})

%%
_ = []any{time.Now, os.Getpid, pools.Threads[int, int], primes, greet, squares, breaks}
`)
	for _, test := range []struct{ name, cell, want string }{
		{"three processes", `%%
for _, n := range []int{10_000, 20_000, 30_000} {
	fmt.Println(primes.Start(ctx, n).Wait())
}`, "primes: up to 10000 I found 1229\n1229 <nil>\nprimes 2: up to 20000 I found 2262\n2262 <nil>\nprimes 3: up to 30000 I found 3245\n3245 <nil>\n"},
		{"a queue", `%%
queue := processes.NewQueue[string](1)
p := greet.Start(ctx, queue)
fmt.Println(queue.Get(ctx))
fmt.Println(p.Wait())`, "Hello from the worker! <nil>\n<nil>\n"},
		{"both pools", `%%
for _, pool := range []*pools.Pool[int, int]{pools.Threads(5, square), pools.Processes(5, squares)} {
	fmt.Println(pool.Map(ctx, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}))
	pool.Close()
}`, strings.Repeat("[0 1 4 9 16 25 36 49 64 81] <nil>\n", 2)},
		{"a panic names the reader's line", `%%
_, err := breaks.Start(ctx, nil).Wait()
fmt.Println(err.Error()[strings.Index(err.Error(), "panicked"):])`,
			"panicked: runtime error: index out of range [5] with length 0, at `return list[5], nil`\n"},
		{"a program's own arguments", `var colour = flag.String("colour", "red", "")

var paint = processes.NewFunc("paint", func(struct{}) (string, error) { return *colour, nil })

%% -colour=blue rest
fmt.Println(paint.Start(ctx, struct{}{}).Wait())`, "blue <nil>\n"},
		{"main written by hand", `func main() {
	_, err := primes.Start(ctx, 10).Wait()
	fmt.Println(err)
}`, "processes: primes: main has not called flag.Parse, and that is where a child process turns to its function: make flag.Parse() the first line of main (a %% cell does so by itself)\n"},
		{"many lines", `var count = processes.NewAction("count", func(n int) error {
	for i := range n {
		fmt.Println(i)
	}
	return nil
})

%%
count.Start(ctx, 20_000).Wait()
fmt.Println("end")`, func() string {
			var b strings.Builder
			for i := range 20_000 {
				fmt.Fprintln(&b, "count:", i)
			}
			return b.String() + "end\n"
		}()},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := execute(t, k, test.cell); got != test.want {
				t.Errorf("%.500q\nnot %.500q", got, test.want)
			}
		})
	}
}

// endless declares a process that tells its number through a named pipe, starts
// another, and computes for ever.
const endless = processImports + `
var tell = func(path string) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		_, err = fmt.Fprintln(f, os.Getpid())
	}
	if err != nil {
		panic(err)
	}
}

var start func(name string, generations int) *processes.Process

func init_start() {
	start = func(name string, generations int) *processes.Process {
		return endless.Named(name).Start(ctx, generations)
	}
}

var endless = processes.NewAction("endless", func(generations int) error {
	tell("pids")
	if generations > 0 {
		start("grandchild", generations-1)
	}
	for {
	}
})

%%
_ = []any{time.Now, pools.Threads[int, int]}
fmt.Println("declared")
`

func TestNoProcessIsLeft(t *testing.T) {
	const waiting = `%%
start("child", 1)
tell("pids")
start("another child", 0).Wait()
`
	const forgetting = `%%
start("child", 1)
start("another child", 0)
tell("pids")
os.ReadFile("enough") // until all have told their numbers
`
	k, dir := startedKernel(t)
	execute(t, k, endless)
	kernel, err := strconv.Atoi(strings.TrimSpace(execute(t, k, "%%\nfmt.Println(os.Getppid())")))
	if err != nil {
		t.Fatal(err)
	}
	for _, fifo := range []string{"pids", "enough"} {
		if err := syscall.Mkfifo(filepath.Join(dir, fifo), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pids, err := os.OpenFile(filepath.Join(dir, "pids"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer pids.Close()
	enough := func(t *testing.T, _ *jupyter.Kernel) {
		if err := os.WriteFile(filepath.Join(dir, "enough"), nil, 0); err != nil {
			t.Error(err)
		}
	}
	lines := bufio.NewReader(pids)
	for _, test := range []struct {
		name string
		cell string
		end  func(*testing.T, *jupyter.Kernel)
		dies bool // with the cell's kernel
	}{
		{"after an interrupt", waiting, func(t *testing.T, k *jupyter.Kernel) {
			if err := k.Interrupt(); err != nil {
				t.Error(err)
			}
		}, false},
		{"after a cell that does not wait", forgetting, enough, false},
		{"after a cell that fails", forgetting + "panic(\"boom\")", enough, false},
		{"after a kernel that is killed", waiting, func(t *testing.T, k *jupyter.Kernel) {
			if err := syscall.Kill(kernel, syscall.SIGKILL); err != nil {
				t.Error(err)
			}
		}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			done := make(chan error, 1)
			go func() {
				_, err := k.Execute(t.Context(), test.cell)
				done <- err
			}()
			var running []int
			for len(running) < 4 { // the cell, two children and a grandchild
				var pid int
				if _, err := fmt.Fscanln(lines, &pid); err != nil {
					t.Fatal(err)
				}
				running = append(running, pid)
			}
			test.end(t, k)
			if err := <-done; (err != nil) != test.dies {
				t.Error(err)
			}
			for _, pid := range running {
				if !endsWithin(pid, 5*time.Second) {
					t.Errorf("process %d lives on", pid)
					syscall.Kill(pid, syscall.SIGKILL)
				}
			}
			if !test.dies {
				if got := execute(t, k, "%%\nfmt.Println(\"next\")"); got != "next\n" {
					t.Errorf("the next cell prints %q", got)
				}
			}
		})
	}
}

// endsWithin reports whether a process that is not ours to wait for ends in time.
func endsWithin(pid int, limit time.Duration) bool {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		stat, err := os.ReadFile(fmt.Sprint("/proc/", pid, "/stat"))
		if err != nil && syscall.Kill(pid, 0) != nil {
			return true
		}
		if _, state, _ := strings.Cut(string(stat), ") "); strings.HasPrefix(state, "Z") {
			return true
		}
	}
	return false
}
