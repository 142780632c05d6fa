package sandbox

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// room is where the new root is made. Any folder would do; what is in it is hidden
// from this process alone.
const room = "/tmp"

// enterRoom leaves this process, which has namespaces of its own, in a root folder
// that holds nothing but the program's needs.
func (p plan) enterRoom() error {
	// Nothing that happens here shall show outside.
	if err := mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return err
	}
	if err := mount("tmpfs", room, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "size=1m,mode=755"); err != nil {
		return err
	}
	const outside = "/outside"
	if err := os.Mkdir(room+outside, 0o700); err != nil {
		return err
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	if err := unix.PivotRoot(room, room+outside); err != nil {
		return os.NewSyscallError("pivot_root", err)
	}
	for _, path := range []string{p.Program, "/dev/null", "/dev/urandom"} {
		if err := bring(outside+path, path); err != nil {
			return err
		}
	}
	for _, n := range p.Needs {
		if err := bring(outside+n.File, n.Path); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(p.Dir, 0o755); err != nil {
		return err
	}
	if err := mount(outside+p.Dir, p.Dir, "", unix.MS_BIND, ""); err != nil {
		return err
	}
	if err := os.Mkdir("/proc", 0o755); err != nil {
		return err
	}
	if err := mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return err
	}
	if err := unix.Unmount(outside, unix.MNT_DETACH); err != nil {
		return &os.PathError{Op: "umount", Path: outside, Err: err}
	}
	if err := os.Remove(outside); err != nil {
		return err
	}
	if err := setMount("/", unix.AT_RECURSIVE, unix.MountAttr{Attr_set: unix.MOUNT_ATTR_RDONLY | unix.MOUNT_ATTR_NOSUID}); err != nil {
		return err
	}
	if err := setMount(p.Dir, 0, unix.MountAttr{Attr_clr: unix.MOUNT_ATTR_RDONLY}); err != nil {
		return err
	}
	return os.Chdir(p.Dir)
}

// bring lets a file of outside stand in here.
func bring(file, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		return err
	}
	return mount(file, path, "", unix.MS_BIND, "")
}

func mount(source, target, kind string, flags uintptr, data string) error {
	if err := unix.Mount(source, target, kind, flags, data); err != nil {
		return &os.PathError{Op: "mount", Path: target, Err: err}
	}
	return nil
}

func setMount(path string, flags uint, attr unix.MountAttr) error {
	if err := unix.MountSetattr(unix.AT_FDCWD, path, flags, &attr); err != nil {
		return &os.PathError{Op: "mount_setattr", Path: path, Err: err}
	}
	return nil
}
