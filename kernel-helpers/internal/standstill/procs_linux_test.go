package standstill

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// procsProgram is what this test's binary runs in place of tests: it asks, loses all of
// its cores but one and prints how many goroutines Go then lets run at once.
const procsProgram = "STANDSTILL_TEST_PROCS"

func init() { programs[procsProgram] = printProcs }

func printProcs() {
	if by, err := strconv.Atoi(os.Getenv(procsProgram)); err == nil && by > 0 {
		runtime.GOMAXPROCS(by)
	}
	before := runtime.GOMAXPROCS(0)
	ForgetTimers()
	if after := runtime.GOMAXPROCS(0); after != before {
		fmt.Println(before, "became", after)
		return
	}
	var one unix.CPUSet
	unix.SchedGetaffinity(0, &one)
	for cpu, kept := 0, false; cpu < 1024; cpu++ {
		if one.IsSet(cpu) && kept {
			one.Clear(cpu)
		}
		kept = kept || one.IsSet(cpu)
	}
	tasks, _ := os.ReadDir("/proc/self/task")
	for _, task := range tasks {
		id, _ := strconv.Atoi(task.Name())
		unix.SchedSetaffinity(id, &one)
	}
	for range 400 { // Go looks once a second
		if runtime.GOMAXPROCS(0) != before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	fmt.Println(runtime.GOMAXPROCS(0))
}

func TestGoGoesOnToFollowTheNumberOfCores(t *testing.T) {
	if runtime.NumCPU() < 2 {
		t.Skip("there is one core")
	}
	for name, c := range map[string]struct{ by, env, want string }{
		"by itself":          {want: "1"},
		"not if set by hand": {by: "3", want: "3"},
		"nor by environment": {env: "GOMAXPROCS=" + strconv.Itoa(runtime.NumCPU()), want: strconv.Itoa(runtime.NumCPU())},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), procsProgram+"="+c.by, c.env)
			out, err := cmd.CombinedOutput()
			if got := strings.TrimSpace(string(out)); got != c.want || err != nil {
				t.Errorf("%s at once, want %s: %v", got, c.want, err)
			}
		})
	}
}
