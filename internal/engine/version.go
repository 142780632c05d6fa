package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/interleave-lab/interleave/internal/exercise"
)

// Version names all that a verdict on an exercise depends on beside the program and
// the engine itself: Go, the packages that programs are linked with, the checks and
// their limits. Who keeps reports can tell by it whether they still hold.
func (e *Engine) Version(ctx context.Context, ex *exercise.Exercise) (string, error) {
	files := []string{filepath.Join(ex.Dir, "exercise.json")}
	for _, folder := range []string{filepath.Join(ex.Dir, "checks"), filepath.Join(ex.Solution.Dir, "hidden")} {
		checks, err := sources(folder)
		if err != nil {
			return "", err
		}
		files = append(files, checks.Files...)
	}
	hash := sha256.New()
	if tools, err := e.toolchain(ctx, ex, nil); err == nil {
		fmt.Fprintln(hash, tools.Version())
	} else if ctx.Err() != nil {
		return "", ctx.Err()
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%q %d\n%s", filepath.Base(file), len(text), text)
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
