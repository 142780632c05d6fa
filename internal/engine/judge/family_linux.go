package judge

import (
	"os"
	"strconv"
	"syscall"
	"time"

	"github.com/interleave-lab/interleave/internal/engine/inherit"
	"github.com/interleave-lab/interleave/internal/engine/outlook"
)

// family is how the judge asks the program's child processes, and their own, where
// their goroutines are: a pair of sockets. Each child inherits one end, and is linked
// with this package, too. When the judge says that it will write no more, each sends
// one packet and closes its end; when all have, the judge reads the end of it.
type family struct {
	own    int // the judge's end; 0: there are none
	theirs int // never closed on exec
}

// familyPlace is the environment variable that leads a child there: a number that
// nobody else counts on.
const familyPlace = "INTERLEAVE_FAMILY"

// newFamily opens the sockets, before there are children. Without them a deadlock is
// found as well, and told without the children's places.
func newFamily() family {
	ends, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return family{}
	}
	theirs, err := inherit.Above(ends[1], 250)
	if err == nil {
		err = os.Setenv(familyPlace, strconv.Itoa(theirs))
	}
	if err != nil {
		return family{}
	}
	return family{ends[0], theirs}
}

// answerParent lets a child process answer. It reads in a system call of its own: see
// endWithEngine.
func answerParent() {
	place, err := strconv.Atoi(os.Getenv(familyPlace))
	if err != nil {
		return // this is the program itself
	}
	go func() {
		for err = error(syscall.EINTR); err == syscall.EINTR; {
			_, err = syscall.Read(place, make([]byte, 1))
		}
		if err == nil {
			dump := goroutines()
			_, _ = syscall.Write(place, []byte(dump[:min(len(dump), maxDump)]))
		}
		_ = syscall.Close(place)
	}()
}

// maxDump is how much of a child's dump is told, in bytes, and maxDumps of all.
const (
	maxDump  = 32 << 10
	maxDumps = 256 << 10
)

// stacks returns the dumps of all children. It is called once.
func (f family) stacks() (dumps []string) {
	if f.own == 0 {
		return nil
	}
	// A child that has not begun does not answer.
	const patience = 2 * time.Second
	_ = syscall.Close(f.theirs)
	_ = syscall.Shutdown(f.own, syscall.SHUT_WR)
	_ = syscall.SetNonblock(f.own, true)
	packet := make([]byte, maxDump)
	for until, total := time.Now().Add(patience), 0; time.Now().Before(until) && total < maxDumps; {
		switch n, err := syscall.Read(f.own, packet); {
		case n > 0:
			dumps = append(dumps, string(packet[:n]))
			total += n
		case err == syscall.EAGAIN, err == syscall.EINTR:
			outlook.Nap(time.Millisecond)
		default:
			return dumps
		}
	}
	return dumps
}
