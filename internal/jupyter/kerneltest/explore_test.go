package kerneltest_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

func TestASnippetIsExplored(t *testing.T) {
	k := kerneltest.Start(t)
	k.MustRun(`import "sync"
import "github.com/interleave-lab/interleave/kernel-helpers/explore"

type account struct {
	mu      sync.Mutex
	balance int
}

func move(from, to *account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}`)
	r := k.MustRun(`%%
fmt.Println("the rest of the cell runs once")
explore.Run(func() {
	a, b := &account{}, &account{}
	var both sync.WaitGroup
	both.Go(func() { move(a, b, 1) })
	both.Go(func() { move(b, a, 2) })
	both.Wait()
})
explore.Seed(3, func() {
	a, b := &account{}, &account{}
	move(a, b, 1)
})`)
	k.WantText(r, `^the rest of the cell runs once\n`)
	k.WantText(r, `deadlock: the snippet, under schedule \d+`)
	k.WantText(r, `waits for a lock that the next one holds.*line \d of move \(to\.mu\.Lock\(\)\)`)
	k.WantText(r, `line 5 below %% +both\.Go\(func\(\) \{ move\(a, b, 1\) \}\)`)
	k.WantText(r, `Again: explore\.Seed\(\d+, func`)
	k.WantText(r, `passed: the snippet, under 1 schedule`)
	if strings.Count(r.Text(), "the rest of the cell") != 1 {
		t.Errorf("the rest of the cell ran again:\n%s", r.Text())
	}
	charts := 0
	for _, bundle := range r.Bundles() {
		if _, ok := bundle["application/vnd.interleave.echarts.v1+json"]; ok {
			charts++
		}
	}
	if charts != 1 {
		t.Errorf("%d pictures, want that of the failing schedule", charts)
	}
	r = k.Run("%%\nn := 3\nexplore.Run(func() { fmt.Println(n) })")
	k.WantError(r, `explore: the snippet cannot stand alone.*(?s:.*)line 2 below %% .*undefined: n`)
	k.WantSound()
}
