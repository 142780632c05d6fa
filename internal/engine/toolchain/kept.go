package toolchain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// CompileKept is Compile for a package that many programs have alike. Its archive is
// kept beside the index, by a digest of everything that it is made of: compiled once,
// it is there for all. It returns the archive's file, which is p.Out where nothing can
// be kept.
func (t *Toolchain) CompileKept(ctx context.Context, p Package) (file string, err error) {
	name, err := t.digest(p)
	if err != nil {
		return "", err
	}
	kept := filepath.Join(t.kept, name+".a")
	if info, err := os.Stat(kept); err == nil {
		if time.Since(info.ModTime()) > day {
			touch(kept)
		}
		return kept, nil
	}
	if err := t.Compile(ctx, p); err != nil {
		return "", err
	}
	text, err := os.ReadFile(p.Out)
	if err != nil {
		return "", err
	}
	if write(kept, text) != nil {
		return p.Out, nil
	}
	t.trim()
	return kept, nil
}

// digest is that of all that the archive depends on. What a package may import is none
// of it: what it does import is in its text.
func (t *Toolchain) digest(p Package) (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "format 1\n%q\n%q\n%q\n", t.file, t.version(), t.options(p))
	for _, a := range p.Other {
		if err := add(sum, a.Import+" "+a.Path, a.File); err != nil {
			return "", err
		}
	}
	for _, file := range p.Files {
		known := file
		for from, to := range p.As {
			if rest, ok := strings.CutPrefix(file, from+string(filepath.Separator)); ok {
				known = filepath.Join(to, rest)
			}
		}
		if err := add(sum, known, file); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:16]), nil
}

// add adds a file to a digest, with the name that it is known by.
func add(sum hash.Hash, name, file string) error {
	text, err := os.ReadFile(file)
	fmt.Fprintf(sum, "%q %d\n%s", name, len(text), text)
	return err
}

// Go drops what nobody has used for five days, and so is done here; what is used is
// marked once a day.
const (
	day     = 24 * time.Hour
	useless = 5 * day
)

// touch marks files as used.
func touch(files ...string) {
	now := time.Now()
	for _, used := range files {
		_ = os.Chtimes(used, now, now) // another user's cannot be removed either
	}
}

// trim removes, once a day, what has not been used for long.
func (t *Toolchain) trim() {
	stamp := filepath.Join(t.kept, "trimmed")
	if info, err := os.Stat(stamp); err == nil && time.Since(info.ModTime()) < day {
		return
	}
	if os.WriteFile(stamp, nil, 0o644) != nil {
		return
	}
	touch(stamp) // written empty again, it keeps its time
	entries, _ := os.ReadDir(t.kept)
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && time.Since(info.ModTime()) > useless {
			_ = os.Remove(filepath.Join(t.kept, entry.Name()))
		}
	}
}
