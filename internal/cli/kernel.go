package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/interleave-lab/interleave/internal/jupyter"
	"github.com/interleave-lab/interleave/internal/project"
)

func newKernel() *cobra.Command {
	kernel := &cobra.Command{
		Use:   "kernel",
		Short: "Install the GoNB kernel's spec",
	}
	var prefix string
	install := &cobra.Command{
		Use:   "install",
		Short: "Write the kernel spec that runs the course's cells",
		Long: `Write the kernel spec "gonb", with which Jupyter runs the course's cells, into
the course's Python environment or below --prefix. A kernel spec of that name
that is not the course's is never touched.`,
		Example: `  interleave kernel install
  interleave kernel install --prefix /usr/local   # for every user of this machine`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			root, err := project.Root()
			if err != nil {
				return err
			}
			if prefix == "" {
				prefix = jupyter.Venv(root)
			}
			path, err := jupyter.InstallKernel(root, prefix)
			if err != nil {
				return err
			}
			fmt.Fprintln(cmd.OutOrStdout(), "Wrote", path)
			return nil
		},
	}
	install.Flags().StringVar(&prefix, "prefix", "", "`folder` that gets share/jupyter/kernels/gonb (default: the course's .venv)")
	kernel.AddCommand(install)
	return kernel
}
