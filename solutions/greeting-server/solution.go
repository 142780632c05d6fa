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
	// BEGIN SOLUTION
	var clients sync.WaitGroup
	defer clients.Wait()
	for {
		client, err := accept(ctx)
		if ctx.Err() != nil && err != nil {
			return nil
		}
		if err != nil {
			return err
		}
		clients.Go(func() {
			defer client.Close()
			line, err := bufio.NewReader(client).ReadString('\n')
			if err != nil {
				return // it went away
			}
			fmt.Fprintln(client, greet(strings.TrimRight(line, "\r\n")))
		})
	}
	// END SOLUTION
}
