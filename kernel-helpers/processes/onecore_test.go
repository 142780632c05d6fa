package processes_test

import (
	"fmt"
	"os"
	"testing"

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
