package processes_test

import (
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

func init() {
	programs["one core"] = func() {
		parseFlags()
		q := pairOfQueues{processes.NewQueue[[]byte](1), processes.NewQueue[[]byte](1), []*processes.Queue[int]{processes.NewQueue[int](1), processes.NewQueue[int](1)}}
		p := relay.Start(background, q)
		for range 1000 {
			q.In.Put(background, []byte{1})
			q.Out.Get(background)
		}
		q.In.Close()
		fmt.Println(p.Wait())
	}
}

func TestOneProcessor(t *testing.T) {
	cmd := program("one core")
	cmd.Env = append(cmd.Env, "GOMAXPROCS=1")
	cmd.Stderr = os.Stderr
	if out, err := cmd.Output(); string(out) != "<nil>\n" || err != nil {
		t.Errorf("%q %v", out, err)
	}
}

// A limit on the size of files does not concern values that fit.
func TestLimitOnFiles(t *testing.T) {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	low := limit
	low.Cur = 64 << 20
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &low); err != nil {
		t.Fatal(err)
	}
	defer unix.Setrlimit(unix.RLIMIT_FSIZE, &limit)
	q := processes.NewQueue[[]byte](4)
	for _, size := range []int{1, 1 << 20} {
		if err := q.Put(t.Context(), make([]byte, size)); err != nil {
			t.Fatal(err)
		}
		if got, err := q.Get(t.Context()); len(got) != size || err != nil {
			t.Error(len(got), err)
		}
	}
}
