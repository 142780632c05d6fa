package kerneltest_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/interleave-lab/interleave/internal/jupyter/kerneltest"
)

// The build cache and the folder in which GoNB builds are on a disk that runs
// full. (With room left for the build, Go does without the cache.) The test
// runs itself again in a mount namespace of its own, where a small disk can be
// mounted without leaving a trace on the machine.
func TestAFullDisk(t *testing.T) {
	disk := os.Getenv("INTERLEAVE_TEST_DISK")
	if disk == "" {
		inMountNamespace(t, "INTERLEAVE_TEST_DISK="+t.TempDir())
		return
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1g"); err != nil {
		t.Fatalf("mounting a small disk: %v", err)
	}
	t.Setenv("TMPDIR", disk) // where GoNB builds
	k := kerneltest.Start(t, "GOCACHE="+filepath.Join(disk, "cache"))
	k.WantSound()

	filler := filepath.Join(disk, "filler")
	fill(t, filler)
	// GoNB does not notice that its own file was cut short; Go then finds it empty.
	k.WantError(k.Run("%%\nprintln(1)"), `no space left on device|expected 'package', found 'EOF'`)

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	k.WantSound()
}

// fill writes until the disk is full.
func fill(t *testing.T, path string) {
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for block := make([]byte, 1<<20); len(block) > 0; {
		if _, err := f.Write(block); errors.Is(err, syscall.ENOSPC) {
			block = block[:len(block)/2]
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

func inMountNamespace(t *testing.T, env string) {
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), env)
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if uid := os.Getuid(); uid != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
