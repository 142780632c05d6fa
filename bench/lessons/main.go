// Command lessons does what an example of the source lessons does in Python, with
// the helpers. Its argument names the example. The scripts beside its files do the
// same in Python; package bench runs both in turns, and compares what they print.
package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"time"
)

// second is a second of the lessons, on both sides: naps say little about cost.
const second = 20 * time.Millisecond

var background = context.Background()

type examples map[string]func()

func main() {
	flag.Parse()
	all := examples{"": func() {}}
	for _, more := range []examples{
		threadExamples, lockExamples, semaphoreExamples, processExamples, poolExamples,
		loopExamples, applicationExamples,
	} {
		maps.Copy(all, more)
	}
	example := all[flag.Arg(0)]
	if example == nil {
		fmt.Fprintf(os.Stderr, "lessons: there is no example %q\n", flag.Arg(0))
		os.Exit(2)
	}
	example()
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
