//go:build ignore

// A select between a client and the end drops a client that was just accepted.
// Verdict: failed
// Check: TestEndAndClientAtOnce
// Says: was accepted and got no answer

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
	accepted := make(chan io.ReadWriteCloser)
	failed := make(chan error, 1)
	go func() {
		for {
			client, err := accept(ctx)
			if err != nil {
				failed <- err
				return
			}
			select {
			case accepted <- client:
			case <-ctx.Done():
				client.Close()
				failed <- ctx.Err()
				return
			}
		}
	}()
	var clients sync.WaitGroup
	defer clients.Wait()
	for {
		select {
		case client := <-accepted:
			clients.Go(func() {
				defer client.Close()
				line, err := bufio.NewReader(client).ReadString('\n')
				if err == nil {
					fmt.Fprintln(client, greet(strings.TrimSpace(line)))
				}
			})
		case <-ctx.Done():
			<-failed
			return nil
		case err := <-failed:
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}
