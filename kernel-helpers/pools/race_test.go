//go:build race

package pools_test

import (
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/pools"
)

var shared int

// racy is a program whose items 0 and 3 write the same variable in no order,
// although another worker takes item 3 well after item 0 was finished.
func racy(t *testing.T) {
	var begun [4]atomic.Bool
	await := func(item int) {
		for !begun[item].Load() {
			runtime.Gosched()
		}
	}
	pool := pools.Threads(2, func(item int) (int, error) {
		runtime.RaceDisable() // the detector does not see how they meet
		begun[item].Store(true)
		if item == 0 || item == 1 {
			await(1 - item)
		}
		if item == 1 || item == 2 {
			await(item + 1)
		}
		runtime.RaceEnable()
		if item == 0 || item == 3 {
			shared++
		}
		return 0, nil
	})
	pool.Map(t.Context(), []int{0, 1, 2, 3})
	pool.Close()
}

func TestRacesAreNotHidden(t *testing.T) {
	if os.Getenv("POOLS_RACY") != "" {
		racy(t)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestRacesAreNotHidden$")
	cmd.Env = append(os.Environ(), "POOLS_RACY=1", "GORACE=atexit_sleep_ms=0")
	out, _ := cmd.CombinedOutput()
	if !strings.Contains(string(out), "DATA RACE") {
		t.Errorf("no race was found:\n%s", out)
	}
}

// TestMapOrdersItsItemsBeforeItsReturn: no race is seen where there is none.
func TestMapOrdersItsItemsBeforeItsReturn(t *testing.T) {
	pool := pools.Threads(4, func(p *int) (int, error) {
		*p++
		return *p, nil
	})
	defer pool.Close()
	numbers := make([]int, 1000)
	var items []*int
	for i := range numbers {
		items = append(items, &numbers[i])
	}
	for round := range 5 {
		if err := pool.Each(t.Context(), items); err != nil {
			t.Error(err)
		}
		for _, n := range numbers {
			if n != round+1 {
				t.Fatal(n)
			}
		}
	}
}
