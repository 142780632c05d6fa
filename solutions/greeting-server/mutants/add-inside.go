//go:build ignore

// Adds to the WaitGroup inside of the goroutine: a client that has just come may be forgotten.
// Verdict: race
// Check: TestEndAndClientAtOnce
// Says: clients.Add(1)

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
	for {
		client, err := accept(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		go func() {
			clients.Add(1)
			defer clients.Done()
			defer client.Close()
			line, err := bufio.NewReader(client).ReadString('\n')
			if err == nil {
				fmt.Fprintln(client, greet(strings.TrimSpace(line)))
			}
		}()
	}
}
