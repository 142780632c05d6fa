package judge

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// A queue between processes keeps large values in a file of memory that nobody maps.
func TestWhatProcessesShareIsMemory(t *testing.T) {
	fd, err := unix.MemfdCreate("shared", unix.MFD_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	file := os.NewFile(uintptr(fd), "shared")
	defer file.Close()
	const far, size = 1 << 40, 64 << 20
	before := residentMB()
	if err := file.Truncate(far + size); err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteAt(make([]byte, size), far); err != nil {
		t.Fatal(err)
	}
	mem, err := unix.Mmap(fd, far, size/2, unix.PROT_READ, unix.MAP_SHARED|unix.MAP_POPULATE)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(mem)
	all, shared := mappedKB()
	if shared < size>>11 || all < shared {
		t.Errorf("%d kB are mapped, %d kB of them shared; half of %d MB is", all, shared, size>>20)
	}
	if got := unnamedKB(); got < size>>10 || got > 2*size>>10 {
		t.Errorf("files of memory hold %d kB, want %d MB and no holes", got, size>>20)
	}
	if grown := residentMB() - before; grown < size>>20 {
		t.Errorf("grew by %d MB, want %d", grown, size>>20)
	}
}
