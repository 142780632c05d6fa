// Command deadlock comes to a state within a recording in which nothing can run.
package main

import "github.com/interleave-lab/interleave/kernel-helpers/timeline"

func main() {
	done := make(chan bool)
	timeline.Show("deadlock", func() { <-done })
}
