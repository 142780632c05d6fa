package toolchain

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// settings are the variables that change what go compiles, or where to.
var settings = []string{
	"GOARM64", "GOAMD64", "GOCACHE", "GODEBUG", "GOENV", "GOEXPERIMENT", "GOFIPS140", "GOMODCACHE", "GOPATH", "GOROOT",
	"CC", "CGO_CFLAGS", "CGO_LDFLAGS",
}

// indexFile is where the index of these packages is kept: one for each Go, its
// settings, and the versions of the modules.
func indexFile(dir string, packages []string) (string, error) {
	hash := sha256.New()
	fmt.Fprintf(hash, "format 1\n%q\n%q\n", dir, packages)
	for _, name := range settings {
		fmt.Fprintf(hash, "%s=%q\n", name, os.Getenv(name))
	}
	command, err := exec.LookPath("go")
	if err == nil {
		command, err = filepath.EvalSymlinks(command)
	}
	if err != nil {
		return "", fmt.Errorf("Go is needed to build programs: %w", err)
	}
	info, err := os.Stat(command)
	if err != nil {
		return "", err
	}
	fmt.Fprintf(hash, "%q %d %d\n", command, info.Size(), info.ModTime().UnixNano())
	files := []string{filepath.Join(dir, "go.mod"), filepath.Join(dir, "go.sum")}
	if config, err := os.UserConfigDir(); err == nil {
		files = append(files, filepath.Join(config, "go", "env")) // what go env -w has set
	}
	for _, file := range files {
		text, _ := os.ReadFile(file) // what is not there says something, too
		fmt.Fprintf(hash, "%d\n%s", len(text), text)
	}
	cache := os.Getenv("GOCACHE")
	if cache == "" {
		user, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		cache = filepath.Join(user, "go-build")
	}
	return filepath.Join(cache, "interleave", hex.EncodeToString(hash.Sum(nil)[:16])+".json"), nil
}

// digest is that of what go build takes of a folder.
func digest(dir string) (string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || strings.HasSuffix(name, "_test.go") || !compiled[filepath.Ext(name)] {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%q %d\n%s", name, len(text), text)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

var compiled = map[string]bool{".go": true, ".s": true, ".h": true, ".c": true}
