package sandbox

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
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

// cacheFolder is the user's own, so that nobody else can put another program there:
// among the user's caches or, without a home that can be written, among Go's.
func cacheFolder() (string, error) {
	var tried error
	own := fmt.Sprintf("interleave-%d", os.Getuid())
	home, err := os.UserCacheDir()
	if err == nil {
		home = filepath.Join(home, own)
	}
	for _, dir := range []string{home, filepath.Join(os.Getenv("GOCACHE"), own), filepath.Join(os.TempDir(), own)} {
		if !filepath.IsAbs(dir) {
			continue
		}
		err := os.MkdirAll(dir, 0o700)
		if err == nil {
			err = isOwn(dir)
		}
		if err == nil {
			return dir, nil
		}
		tried = errors.Join(tried, err)
	}
	return "", fmt.Errorf("there is no place for the sandbox's self-test: %w", tried)
}

// isOwn refuses a folder that somebody else has made, or may write to.
func isOwn(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok || !info.IsDir() || int(stat.Uid) != os.Getuid() || info.Mode().Perm()&0o022 != 0 {
		return fmt.Errorf("%s is somebody else's", dir)
	}
	return nil
}
