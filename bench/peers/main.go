// Command peers times helpers beside what other Go code does for the same end, on
// request of package bench.
package main

import (
	"maps"

	"github.com/interleave-lab/interleave/bench/answer"
)

func main() {
	cases := answer.Cases{}
	for _, more := range []answer.Cases{threadCases, mapCases, submitCases, lockCases, loopCases} {
		maps.Copy(cases, more)
	}
	answer.Serve(cases)
}
