package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/interleave-lab/interleave/internal/scratch"
)

// trial is one run of the self-test, all of which are under way at once.
type trial struct {
	mode, program string
	limits        Limits
	judge         func(*outcome) error
}

type outcome struct {
	dir     string
	found   []string // what the program said that does not hold
	stopped Bound    // by the watch
	status  int
	stderr  string
}

// patience bounds a trial, which takes some ten milliseconds.
const patience = 20 * time.Second

// try returns a box of this tier if each of its bounds holds.
func try(ctx context.Context, tier Tier) (*Box, error) {
	racing, err := buildProbe(ctx, true)
	if err != nil {
		return nil, err
	}
	plain, err := buildProbe(ctx, false)
	if err != nil {
		return nil, err
	}
	needs, err := needsOf(racing)
	if err != nil {
		return nil, err
	}
	folder, err := scratch.New("interleave-sandbox-", nil)
	if err != nil {
		return nil, err
	}
	defer folder.Remove()
	dir, err := filepath.EvalSymlinks(folder.Path)
	if err != nil {
		return nil, err
	}
	box := &Box{Tier: tier, needs: needs, root: changesOwners(dir)}
	for _, probe := range []*string{&racing, &plain} { // to where what is judged will stand
		program := filepath.Join(dir, filepath.Base(*probe))
		if err := copyProgram(*probe, program); err != nil {
			return nil, err
		}
		*probe = program
	}
	targets, done, err := targetsIn(filepath.Join(dir, "others"))
	if err != nil {
		return nil, err
	}
	defer done()

	usual := Limits{CPU: 5 * time.Second, MemoryMB: 256, DiskMB: 16}
	few, little, small := usual, usual, usual
	few.Processes, few.Threads, few.MemoryMB = 1, 30, 1<<12 // copies count, too
	little.MemoryMB = 1
	small.DiskMB = 1
	trials := []trial{
		{"bounds", racing, usual, func(o *outcome) error {
			if reports, _ := filepath.Glob(filepath.Join(o.dir, raceLog+".*")); o.status != raceExit || len(reports) == 0 {
				return fmt.Errorf("the race detector did not report a race by its options (exit status %d): %s", o.status, strings.TrimSpace(o.stderr))
			}
			return nil
		}},
		{"start", plain, few, func(o *outcome) error { return o.ended(Threads, "it can start any number of processes", o.status == 0) }},
		{"fill", plain, little, func(o *outcome) error { return o.ended(Memory, "it can fill memory", false) }},
		{"litter", plain, small, func(o *outcome) error { return o.ended(Disk, "it can fill the disk", false) }},
	}
	var all errgroup.Group
	for _, t := range trials {
		all.Go(func() error {
			o, err := box.run(ctx, t, filepath.Join(dir, t.mode), targets)
			if err != nil {
				return err
			}
			if len(o.found) > 0 {
				return errors.New(strings.Join(o.found, ", "))
			}
			return t.judge(o)
		})
	}
	if err := all.Wait(); err != nil {
		return nil, err
	}
	return box, nil
}

// ended says what is wrong unless the watch stopped a program, or it gave up.
func (o *outcome) ended(by Bound, wrong string, gaveUp bool) error {
	if o.stopped == by || gaveUp {
		return nil
	}
	return fmt.Errorf("%s (exit status %d, stopped for %q): %s", wrong, o.status, o.stopped, strings.TrimSpace(o.stderr))
}

const (
	raceLog  = "race"
	raceExit = 66
)

func (b *Box) run(ctx context.Context, t trial, dir, targets string) (*outcome, error) {
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	cmd, err := b.Command(t.limits, dir, t.program, t.mode, targets)
	if err != nil {
		return nil, err
	}
	cmd.Env = []string{fmt.Sprintf("GORACE=halt_on_error=1 atexit_sleep_ms=0 exitcode=%d log_path=%s", raceExit, raceLog)}
	alive, err := cmd.StdinPipe() // the program ends with this process
	if err != nil {
		return nil, err
	}
	defer alive.Close()
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	o := &outcome{dir: dir}
	watching, unwatch := context.WithTimeout(ctx, patience)
	defer unwatch()
	over, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		o.stopped = b.Watch(watching, over, cmd.Process.Pid, dir, t.limits)
	}()
	err = cmd.Wait()
	close(over)
	<-watched
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	o.status, o.stderr = cmd.ProcessState.ExitCode(), stderr.String()
	if err := NotStarted(cmd.ProcessState, o.stderr); err != nil {
		return nil, err
	}
	if stdout.Len() > 0 {
		if err := json.NewDecoder(&stdout).Decode(&o.found); err != nil {
			return nil, fmt.Errorf("the self-test did not say what it found: %w", err)
		}
	} else if t.mode == "bounds" {
		return nil, fmt.Errorf("the self-test did not run (exit status %d): %s", o.status, strings.TrimSpace(o.stderr))
	}
	return o, nil
}

// changesOwners reports whether this process can give files to others, as root can
// who is not root of a few users only.
func changesOwners(dir string) bool {
	file := filepath.Join(dir, "owner")
	if os.Getuid() != 0 || os.WriteFile(file, nil, 0o600) != nil {
		return false
	}
	defer os.Remove(file)
	return os.Chown(file, firstUser, firstUser) == nil
}

// targetsIn makes things of others that a program must not get at, though anybody
// may, and returns them for the command line. They are beside the folder of the
// program, which finds them from there: it might not be let through the folders
// above, and would seem to be confined.
func targetsIn(dir string) (text string, done func(), err error) {
	if err := os.Mkdir(dir, 0o777); err != nil {
		return "", nil, err
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("of others"), 0o666); err != nil {
		return "", nil, err
	}
	var listeners []net.Listener
	done = func() {
		for _, l := range listeners {
			l.Close()
		}
	}
	addresses := map[string]string{"TCP": "127.0.0.1:0", "Unix": filepath.Join(dir, "s"), "Abstract": "@interleave-" + filepath.Base(filepath.Dir(dir))}
	const longest = 100 // path of a socket
	if len(addresses["Unix"]) > longest {
		delete(addresses, "Unix")
	}
	beside := filepath.Join("..", filepath.Base(dir))
	targets := map[string]any{"File": filepath.Join(beside, "file"), "Dir": beside, "Process": os.Getpid()}
	for name, address := range addresses {
		network := "unix"
		if name == "TCP" {
			network = "tcp"
		}
		listener, err := net.Listen(network, address)
		if err != nil {
			done()
			return "", nil, err
		}
		listeners = append(listeners, listener)
		targets[name] = listener.Addr().String()
	}
	// Whatever umask there is.
	err = errors.Join(os.Chmod(filepath.Dir(dir), 0o711), os.Chmod(dir, 0o777), os.Chmod(file, 0o666))
	if socket, ok := addresses["Unix"]; ok {
		targets["Unix"] = filepath.Join(beside, "s")
		err = errors.Join(err, os.Chmod(socket, 0o777))
	}
	encoded, jsonErr := json.Marshal(targets)
	return string(encoded), done, errors.Join(err, jsonErr)
}

func copyProgram(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
