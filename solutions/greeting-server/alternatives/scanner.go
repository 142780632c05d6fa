//go:build ignore

// With a scanner, an errgroup and a function for one client.

package greetingserver

import (
	"bufio"
	"context"
	"io"

	"golang.org/x/sync/errgroup"
)

// Serve greets every client that accept returns, all of them at the same time.
// When ctx ends, or accept fails, it accepts no more, and returns once those
// that it has are served: nil, or the error of accept.
func Serve(
	ctx context.Context,
	accept func(ctx context.Context) (io.ReadWriteCloser, error),
	greet func(name string) string,
) error {
	var clients errgroup.Group
	var failed error
	for ctx.Err() == nil {
		client, err := accept(ctx)
		if err != nil {
			if ctx.Err() == nil {
				failed = err
			}
			break
		}
		clients.Go(func() error { return welcome(client, greet) })
	}
	_ = clients.Wait() // a client that went away is no failure of the server
	return failed
}

func welcome(client io.ReadWriteCloser, greet func(name string) string) error {
	defer client.Close()
	lines := bufio.NewScanner(client)
	if !lines.Scan() {
		return lines.Err()
	}
	_, err := io.WriteString(client, greet(lines.Text())+"\n")
	return err
}
