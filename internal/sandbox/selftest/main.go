//go:build linux

// Command selftest is what the sandbox is tried on: it attempts what no program may
// do, and prints as JSON what worked. Then it has a data race, which the race
// detector has to report by the options in its environment.
//
// It is built from this one file, without the module: it imports no other package of
// it.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"time"
	"unsafe"
)

// Targets are things of others.
type Targets struct {
	File     string // that others can read
	Dir      string // that others can write
	TCP      string // where somebody listens
	Unix     string
	Abstract string
	Process  int // of the same user as who starts this, or of root
}

func main() {
	switch os.Args[1] {
	case "bounds":
		var t Targets
		if err := json.Unmarshal([]byte(os.Args[2]), &t); err != nil {
			panic(err)
		}
		tell(append(worked(attempts(t)), missing(needs())...))
		race()
	case "start":
		tell(worked([]attempt{
			{"it can run other programs", func() error { return exec.Command("/bin/true").Run() }},
			{"its children can leave its session", leaveSession},
		}))
		start()
	case "folder":
		tell(missing(folder()))
	case "orphan":
		orphan()
	case "fill":
		fill()
	case "litter":
		litter()
	}
}

func tell(found []string) {
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		panic(err)
	}
}

func worked(all []attempt) []string {
	found := []string{}
	for _, a := range all {
		if a.try() == nil {
			found = append(found, a.what)
		}
	}
	return found
}

func missing(all []attempt) (found []string) {
	for _, n := range all {
		if err := n.try(); err != nil {
			found = append(found, n.what+" is missing: "+err.Error())
		}
	}
	return found
}

type attempt struct {
	what string
	try  func() error
}

// attempts must all fail.
func attempts(t Targets) []attempt {
	return []attempt{
		{"it can read files of others", func() error { _, err := os.ReadFile(t.File); return err }},
		{"it can list folders of others", func() error { _, err := os.ReadDir(filepath.Dir(t.File)); return err }},
		{"it can write into folders of others", func() error { return os.WriteFile(filepath.Join(t.Dir, "written"), nil, 0o600) }},
		{"it can change files of others", func() error { return os.Truncate(t.File, 0) }},
		{"it can remove files of others", func() error { return os.Remove(t.File) }},
		{"it can change its files' mode", func() error { return os.Chmod(".", 0o777) }},
		{"it can start processes", func() error { return exec.Command("/proc/self/exe", "nothing").Run() }},
		{"it reaches the network", dial("tcp", t.TCP)},
		{"it reaches the network by datagrams", func() error {
			c, err := net.Dial("udp", t.TCP)
			if err == nil {
				_, err = c.Write([]byte("x"))
			}
			return err
		}},
		{"it can open a port", func() error { _, err := net.Listen("tcp", "127.0.0.1:0"); return err }},
		{"it reaches sockets of others", dial("unix", t.Unix)},
		{"it reaches nameless sockets of others", dial("unix", t.Abstract)},
		{"it can signal processes of others", func() error { return syscall.Kill(t.Process, 0) }},
		{"it can trace processes of others", func() error { return call(syscall.SYS_PTRACE, seize, uintptr(t.Process), 0, 0) }},
		{"it can see the memory of others", func() error {
			_, err := os.Open(fmt.Sprintf("/proc/%d/mem", t.Process))
			return err
		}},
		// These would fail anyhow, but not for want of permission.
		{"it can ask for a namespace", permitted(func() error { return call(syscall.SYS_UNSHARE, syscall.CLONE_NEWUSER) })},
		{"it can ask for a mount", permitted(func() error { return syscall.Mount("none", ".", "no such type", 0, "") })},
		{"it can take 7 GB of addresses", func() error { return call(syscall.SYS_MMAP, 0, 7<<30, 0, 0x4022, ^uintptr(0)) }},
		{"it can write a large file", largeFile},
		{"it has no bound on processor time", func() error {
			var l syscall.Rlimit
			if err := syscall.Getrlimit(0, &l); err != nil || l.Max < 1<<20 {
				return fmt.Errorf("bounded")
			}
			return nil
		}},
	}
}

// needs must all be there.
func needs() []attempt {
	return []attempt{
		{"its folder", func() error {
			if err := os.WriteFile("own", []byte("x"), 0o600); err != nil {
				return err
			}
			return os.Remove("own")
		}},
		{"what its threads wait for", func() error {
			_, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/syscall", os.Getpid(), os.Getpid()))
			return err
		}},
		{"the environment, as the race detector sees it", func() error { _, err := os.ReadFile("/proc/self/environ"); return err }},
		{"/dev/null", func() error { _, err := os.OpenFile("/dev/null", os.O_RDWR, 0); return err }},
		{"a pair of sockets", func() error {
			_, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
			return err
		}},
	}
}

// folder is its own, under each name that libraries know it by.
func folder() (all []attempt) {
	for _, name := range []string{"HOME", "PWD", "TMPDIR"} {
		all = append(all, attempt{name, func() error {
			return os.WriteFile(filepath.Join(os.Getenv(name), name), []byte(name), 0o600)
		}})
	}
	return all
}

func dial(network, address string) func() error {
	return func() error {
		_, err := net.DialTimeout(network, address, time.Second)
		return err
	}
}

// seize traces a process without stopping it.
const seize = 0x4206

// permitted is an attempt that works if it fails for another reason.
func permitted(try func() error) func() error {
	return func() error {
		if err := try(); err == syscall.EPERM {
			return err
		}
		return nil
	}
}

func largeFile() error {
	f, err := os.Create("large")
	if err != nil {
		return err
	}
	defer os.Remove("large")
	defer f.Close()
	return f.Truncate(1 << 30)
}

func call(number uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	if _, _, errno := syscall.RawSyscall6(number, a[0], a[1], a[2], a[3], a[4], a[5]); errno != 0 {
		return errno
	}
	return nil
}

// race is what the detector must find; with halt_on_error it ends the program.
func race() {
	var both sync.WaitGroup
	n := 0
	for range 2 {
		both.Add(1)
		go func() {
			defer both.Done()
			for range 1000 {
				n++
				runtime.Gosched()
			}
		}()
	}
	both.Wait()
}

// wait returns when whoever tries the sandbox has ended.
func wait() { _, _ = io.Copy(io.Discard, os.Stdin) }

// start starts as many processes as it can, 200 at most. Then it waits for its end.
func start() {
	var children []int
	for range 200 {
		child, errno := fork()
		if errno != 0 {
			for _, child := range children {
				if syscall.Kill(child, syscall.SIGKILL) == nil {
					_, _ = syscall.Wait4(child, nil, 0, nil)
				}
			}
			return
		}
		if child == 0 {
			const setDeathSignal = 1 // the child ends with its parent
			syscall.RawSyscall(syscall.SYS_PRCTL, setDeathSignal, uintptr(syscall.SIGKILL), 0)
			sleepOn()
		}
		children = append(children, child)
	}
	wait()
}

// fork copies this process, with one thread that may do nothing but raw calls.
func fork() (child int, errno syscall.Errno) {
	pid, _, errno := syscall.RawSyscall6(syscall.SYS_CLONE, uintptr(syscall.SIGCHLD), 0, 0, 0, 0, 0)
	return int(pid), errno
}

// sleepOn is what a child does that shall be found.
func sleepOn() {
	for fd := range uintptr(3) { // whoever reads the output need not wait for it
		syscall.RawSyscall(syscall.SYS_CLOSE, fd, 0, 0)
	}
	minute := syscall.Timespec{Sec: 60}
	syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&minute)), 0, 0)
	exit(0)
}

func exit(status syscall.Errno) {
	for {
		syscall.RawSyscall(syscall.SYS_EXIT_GROUP, uintptr(status), 0, 0)
	}
}

// leaveSession has a child begin a session of its own, of which a process that leads
// one is not capable itself.
func leaveSession() error {
	child, errno := fork()
	if errno != 0 {
		return errno
	}
	if child == 0 {
		_, _, errno := syscall.RawSyscall(syscall.SYS_SETSID, 0, 0, 0)
		exit(errno)
	}
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(child, &status, 0, nil); err != nil {
		return err
	}
	if status.ExitStatus() != 0 {
		return syscall.Errno(status.ExitStatus())
	}
	return nil
}

// orphan leaves a child and a child's child behind, of which each tries to get out of
// the session and the group.
func orphan() {
	child, errno := fork()
	if errno != 0 {
		panic(errno)
	}
	if child > 0 {
		return
	}
	for range 2 {
		syscall.RawSyscall(syscall.SYS_SETPGID, 0, 0, 0)
		syscall.RawSyscall(syscall.SYS_SETSID, 0, 0, 0)
		if child, _ := fork(); child > 0 {
			break
		}
	}
	sleepOn()
}

// fill takes 64 MB of memory, and then waits for its end.
func fill() {
	taken := make([]byte, 64<<20)
	for i := 0; i < len(taken); i += 4 << 10 {
		taken[i] = 1
	}
	wait()
	runtime.KeepAlive(taken)
}

// litter writes 2 MB in small files, and then waits for its end.
func litter() {
	for i := range 20 {
		if err := os.WriteFile(strconv.Itoa(i), make([]byte, 100<<10), 0o600); err != nil {
			panic(err)
		}
	}
	wait()
}
