package toolchain

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	// Whoever saves a source meanwhile must not have it kept under the old one's digest.
	if after, err := t.digest(p); err != nil || after != name {
		return p.Out, err
	}
	if len(text) > mostKept || write(kept, text) != nil {
		return p.Out, nil
	}
	t.trim()
	return kept, nil
}

// Drop removes archives that CompileKept returned, and that are of no use: what is
// damaged would be handed out again and again.
func (t *Toolchain) Drop(files ...string) {
	for _, file := range files {
		if filepath.Dir(file) == t.kept {
			_ = os.Remove(file)
		}
	}
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

// What may be kept, in bytes: learners write what headers are made of. The archives of
// the course's checks have 0.8 MB at most.
const (
	mostKept    = 2 << 20
	mostKeptAll = 256 << 20
)

// touch marks files as used.
func touch(files ...string) {
	now := time.Now()
	for _, used := range files {
		_ = os.Chtimes(used, now, now) // another user's cannot be removed either
	}
}

// trim removes what has not been used for long, and what has not for longest if there is
// too much.
func (t *Toolchain) trim() {
	entries, _ := os.ReadDir(t.kept)
	var all []fs.FileInfo
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil {
			all = append(all, info)
		}
	}
	slices.SortFunc(all, func(a, b fs.FileInfo) int { return b.ModTime().Compare(a.ModTime()) })
	var size int64
	for _, info := range all {
		if size += info.Size(); size > mostKeptAll || time.Since(info.ModTime()) > useless {
			_ = os.Remove(filepath.Join(t.kept, info.Name()))
		}
	}
}
