package processes_test

import (
	"os"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/processes"
)

var aFunctionWithALongName = processes.NewFunc("aFunctionWithALongName", func(int) (string, error) {
	name, err := os.ReadFile("/proc/self/comm")
	return string(name), err
})

// As ps shows it: Linux keeps 15 bytes.
func TestProcessesAreCalledLikeTheirFunctions(t *testing.T) {
	got, err := aFunctionWithALongName.Start(t.Context(), 1).Wait()
	if want := "aFunctionWithAL\n"; got != want || err != nil {
		t.Errorf("%q, not %q, %v", got, want, err)
	}
}
