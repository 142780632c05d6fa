// Command interleave sets up, runs, checks and grades the course.
package main

import (
	"os"

	"github.com/interleave-lab/interleave/internal/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
