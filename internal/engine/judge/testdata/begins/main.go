// Command begins is linked with the judge.
package main

import (
	"fmt"

	_ "github.com/interleave-lab/interleave/internal/engine/judge"
)

func main() { fmt.Println("begun") }
