package cli

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/sandbox"
)

// sandboxFlag lets a verb that runs programs be told in which sandbox.
func sandboxFlag(cmd *cobra.Command, name *string) {
	cmd.Flags().StringVar(name, "sandbox", "", "run programs in this `tier`: auto, namespaces, landlock or none (default: $"+sandbox.Variable+", or auto)")
}

// wantedSandbox is the tier that the flag names, or else the environment.
func wantedSandbox(flag string) (sandbox.Tier, error) {
	if flag != "" {
		return sandbox.Parse(flag)
	}
	tier, err := sandbox.Parse(os.Getenv(sandbox.Variable))
	if err != nil {
		return "", fmt.Errorf("%s: %w", sandbox.Variable, err)
	}
	return tier, nil
}
