//go:build ignore

// With named threads.

package greetingserver

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/interleave-lab/interleave/kernel-helpers/threads"
)

// Serve greets every client that accept returns, all of them at the same time.
// When ctx ends, or accept fails, it accepts no more, and returns once those
// that it has are served: nil, or the error of accept.
func Serve(
	ctx context.Context,
	accept func(ctx context.Context) (io.ReadWriteCloser, error),
	greet func(name string) string,
) error {
	var clients threads.Group
	defer clients.Wait()
	for n := 1; ; n++ {
		client, err := accept(ctx)
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return nil
		default:
			return err
		}
		clients.Go(fmt.Sprint("client ", n), func() {
			defer client.Close()
			var name strings.Builder
			for letter := make([]byte, 1); letter[0] != '\n'; {
				if _, err := io.ReadFull(client, letter); err != nil {
					return
				}
				name.Write(letter)
			}
			_, _ = client.Write([]byte(greet(strings.TrimSpace(name.String())) + "\n"))
		})
	}
}
