package cli

import "github.com/spf13/cobra"

// solutionsFlag lets a verb that reads solutions be told where they are kept.
func solutionsFlag(cmd *cobra.Command, folder *string) {
	cmd.Flags().StringVar(folder, "solutions", "", "`folder` of the solutions and hidden checks (default: the clone's solutions)")
}
