package sandbox

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed selftest/main.go
var selftestSource string

// buildProbe returns the self-test's program, built with the race detector or, to
// start in a tenth of the time, without. It is kept among the user's caches, and built
// anew for another Go.
func buildProbe(ctx context.Context, race bool) (string, error) {
	goTool, err := exec.LookPath("go")
	if err != nil {
		return "", err
	}
	info, err := os.Stat(goTool)
	if err != nil {
		return "", err
	}
	caches, err := cacheFolder()
	if err != nil {
		return "", err
	}
	key := sha256.Sum256(fmt.Append(nil, selftestSource, race, goTool, info.Size(), info.ModTime()))
	probe := filepath.Join(caches, fmt.Sprintf("selftest-%x", key[:8]))
	if _, err := os.Stat(probe); err == nil {
		return probe, nil
	}
	work, err := os.MkdirTemp(caches, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(work)
	source := filepath.Join(work, "main.go")
	if err := os.WriteFile(source, []byte(selftestSource), 0o600); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, goTool, "build", fmt.Sprintf("-race=%t", race), "-ldflags=-s -w", "-o", filepath.Join(work, "probe"), source)
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GO111MODULE=off", "GOPROXY=off", "GOTOOLCHAIN=local", "GOOS=", "GOARCH=")
	if race {
		cmd.Env = append(cmd.Env, "CGO_ENABLED=1")
	} else {
		cmd.Env = append(cmd.Env, "CGO_ENABLED=0")
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building the sandbox's self-test: %w: %s", err, strings.TrimSpace(string(out)))
	}
	// Who builds the same at the same time wins or loses; both are right.
	if err := os.Rename(filepath.Join(work, "probe"), probe); err != nil {
		return "", err
	}
	return probe, nil
}

// cacheFolder is beside Go's own cache where that was moved, as it is where there is
// no home to write to.
func cacheFolder() (string, error) {
	caches := os.Getenv("GOCACHE")
	if caches == "" {
		var err error
		if caches, err = os.UserCacheDir(); err != nil {
			return "", fmt.Errorf("%w: set HOME or GOCACHE", err)
		}
	}
	caches = filepath.Join(caches, "interleave")
	return caches, os.MkdirAll(caches, 0o700)
}
