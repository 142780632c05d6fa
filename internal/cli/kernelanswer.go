package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// fromKernel takes the answer out of what the kernel composed in its folder, and
// says which version that is where the saved notebook holds another.
func fromKernel(ex *exercise.Exercise, composed []byte, folder, saved string) (*exercise.Program, error) {
	p, err := ex.FromKernel(composed)
	if err != nil {
		return nil, err
	}
	since, err := knownSince(filepath.Join(folder, "judged-"+ex.Slug), p.Source)
	if err != nil {
		return nil, err
	}
	// A notebook that was never saved, or not whole, is no reason to fail.
	n, err := notebook.Read(saved)
	if err != nil {
		return p, nil
	}
	info, err := os.Stat(saved)
	if err != nil {
		return p, nil
	}
	names := ex.Differs(p, n)
	switch {
	case len(names) == 0:
	case info.ModTime().After(since), p.Unwritten(names):
		p.Notes = append(p.Notes, "You changed "+sentence(names)+" after it ran, and what ran was judged. "+
			"Run that cell, until it ends without an error, and then this one.")
	default:
		// Most learners run before they save.
		p.Notes = append(p.Notes, "The answer that ran last was judged, and the saved notebook holds another: save it to keep this one.")
	}
	return p, nil
}

// knownSince returns when the kernel was first seen to hold this answer, as far as
// its checks tell: a file in the kernel's folder, which ends with it, holds the last
// answer. What is saved later and differs was changed after it ran.
func knownSince(file string, answer []byte) (time.Time, error) {
	if before, err := os.ReadFile(file); err != nil || !bytes.Equal(before, answer) {
		if err := os.WriteFile(file, answer, 0o600); err != nil {
			return time.Time{}, err
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}, err
	}
	return info.ModTime(), nil
}

// sentence puts words together as prose does: "a, b and c".
func sentence(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
