package threads

import (
	"fmt"
	"strings"
)

// End ends a cell as Python ends a program: it waits for every thread that is not
// a daemon, a [Timer] too, and says which daemons end now. Without it a cell's
// end, as that of any Go program, ends all threads alike, and nothing tells.
//
//	defer threads.End() // first in the cell
//
// Nothing stops a goroutine from outside: a daemon ends because the cell does,
// wherever it is then. Its deferred calls are not made. If the cell panics, End
// waits for nobody.
func End() {
	if v := recover(); v != nil {
		panic(v)
	}
	me := Current()
	for {
		var daemons []string
		var other *Thread
		for _, t := range Active() {
			switch {
			case t == me:
			case t.IsDaemon():
				daemons = append(daemons, t.name)
			default:
				other = t
			}
		}
		if other == nil {
			tell(daemons)
			return
		}
		wait(other.name, other.done.Channel(), nil)
	}
}

// mostNamed is how many daemons are named.
const mostNamed = 12

func tell(daemons []string) {
	switch n := len(daemons); {
	case n == 0:
		return
	case n == 1:
		fmt.Println("threads: 1 daemon thread ends with the cell:", daemons[0])
	case n > mostNamed+1:
		fmt.Printf("threads: %d daemon threads end with the cell: %s and %d more\n", n, strings.Join(daemons[:mostNamed], ", "), n-mostNamed)
	default:
		fmt.Printf("threads: %d daemon threads end with the cell: %s\n", n, strings.Join(daemons, ", "))
	}
}
