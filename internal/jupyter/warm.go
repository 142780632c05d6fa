package jupyter

import (
	"context"
	"fmt"
	"os/exec"
)

// chartCell records and draws: what a reader's first chart needs, it needs.
const chartCell = `import "github.com/interleave-lab/interleave/kernel-helpers/timeline"

%%
timeline.Show("A try", func() { done := make(chan bool); go close(done); <-done })`

// Warm fills Go's caches with what cells are built from, so that no reader's
// first cell waits for it, or for a network.
func Warm(ctx context.Context, root string) error {
	for _, arguments := range [][]string{
		{"mod", "download"}, // cells may not ask a network, not even for a go.mod
		{"build", "./kernel-helpers/..."},
	} {
		cmd := exec.CommandContext(ctx, "go", arguments...)
		cmd.Dir = root
		cmd.Env = Environment(root)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("go %s: %w\n%s", arguments[0], err, out)
		}
	}
	kernel, err := StartKernel(ctx, root, root)
	if err != nil {
		return err
	}
	defer kernel.Close()
	for _, source := range []string{"import \"fmt\"\n\n%%\nfmt.Println(2 + 2)", chartCell} {
		result, err := kernel.Execute(ctx, source)
		if err != nil {
			return err
		}
		if result.Failed {
			return fmt.Errorf("a cell failed:\n%s", result.Error())
		}
	}
	return nil
}
