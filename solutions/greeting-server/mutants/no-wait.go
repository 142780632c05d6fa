//go:build ignore

// Returns without waiting for the clients that it has.
// Verdict: failed
// Check: TestNobodyIsCutOff
// Says: returned before

package greetingserver

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
)

// Serve greets every client that accept returns, all of them at the same time.
// When ctx ends, or accept fails, it accepts no more, and returns once those
// that it has are served: nil, or the error of accept.
func Serve(
	ctx context.Context,
	accept func(ctx context.Context) (io.ReadWriteCloser, error),
	greet func(name string) string,
) error {
	for {
		client, err := accept(ctx)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		go func() {
			defer client.Close()
			line, err := bufio.NewReader(client).ReadString('\n')
			if err == nil {
				fmt.Fprintln(client, greet(strings.TrimSpace(line)))
			}
		}()
	}
}
