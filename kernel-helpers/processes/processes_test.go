package processes_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

func TestMain(m *testing.M) {
	os.Setenv("GORACE", "atexit_sleep_ms=0") // children end at once
	goleak.VerifyTestMain(m)
}

var square = processes.NewFunc("square", func(n int) (int, error) { return n * n, nil })

var fail = processes.NewFunc("fail", func(text string) (int, error) { return 0, errors.New(text) })

func TestResult(t *testing.T) {
	p := square.Start(t.Context(), 7)
	if n, err := p.Wait(); n != 49 || err != nil {
		t.Fatal(n, err)
	}
	if p.Pid() == 0 || p.Pid() == os.Getpid() {
		t.Errorf("pid %d", p.Pid())
	}
}

func TestFunctionsOwnError(t *testing.T) {
	_, err := fail.Start(context.Background(), "no such page").Wait()
	if err == nil || err.Error() != "no such page" {
		t.Error(err)
	}
}
