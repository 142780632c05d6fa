//go:build ignore

// All threads read into one variable.
// Verdict: race
// Check: TestTogether
// Says: line, err =

package greetingserver

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
)

// Serve greets every client that accept returns, all of them at the same time.
// When ctx ends, or accept fails, it accepts no more, and returns once those
// that it has are served: nil, or the error of accept.
func Serve(
	ctx context.Context,
	accept func(ctx context.Context) (io.ReadWriteCloser, error),
	greet func(name string) string,
) error {
	var clients sync.WaitGroup
	defer clients.Wait()
	var line string
	for {
		client, err := accept(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		clients.Go(func() {
			defer client.Close()
			var err error
			line, err = bufio.NewReader(client).ReadString('\n')
			if err == nil {
				fmt.Fprintln(client, greet(strings.TrimSpace(line)))
			}
		})
	}
}
