// Package foresight has the answers of a kernel judged as soon as their cells have
// run: a check cell then finds its report made, or in the making.
//
// A report is only ever taken for the same program, under the same checks, course and
// Go as it was made for, and once: whoever asks again has it judged again.
package foresight

import (
	"context"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// Shelf is the folder where reports wait for who will ask for them: the kernel's own,
// which ends with it. Processes share it.
type Shelf string

// Key names a program in all that its judgement depends on; version is Engine.Version's.
// Notes are no part of it.
func Key(p *exercise.Program, version, sandbox string) (string, error) {
	text, err := json.Marshal([]any{p.Source, p.Imports, p.Lines, version, sandbox})
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// ErrClaimed is that another process has claimed what was asked for.
var ErrClaimed = errors.New("another process judges this exercise")

// Claim lets nobody else judge the exercise for this kernel until release is called, or
// the process has ended. Its error is ErrClaimed, or that the folder cannot be written.
func (s Shelf) Claim(slug string) (release func(), err error) {
	f, err := os.OpenFile(s.file(slug)+".lock", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = ErrClaimed
		}
		return nil, err
	}
	return func() { f.Close() }, nil
}

// Await claims the exercise once nobody else has, or returns ctx's error.
func (s Shelf) Await(ctx context.Context, slug string) (release func(), err error) {
	const often = 2 * time.Millisecond // a learner waits
	for {
		if release, err = s.Claim(slug); !errors.Is(err, ErrClaimed) {
			return release, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(often):
		}
	}
}

// kept is what the file of an exercise holds.
type kept struct {
	Key    string
	Report *engine.Report
}

// Put keeps the report in the place of an older one. Claim the exercise first.
func (s Shelf) Put(slug, key string, r *engine.Report) (err error) {
	f, err := os.CreateTemp(string(s), "foreseen-new-")
	if err != nil {
		return err
	}
	err = gob.NewEncoder(f).Encode(kept{key, r})
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), s.file(slug))
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// Take returns the report that was made for the key, or nil, and keeps none any longer.
// Claim the exercise first.
func (s Shelf) Take(slug, key string) *engine.Report {
	f, err := os.Open(s.file(slug))
	if err != nil {
		return nil
	}
	defer f.Close()
	var k kept
	err = gob.NewDecoder(f).Decode(&k)
	if gone := os.Remove(f.Name()); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		return nil // it would be taken again
	}
	if err != nil || k.Key != key {
		return nil
	}
	return k.Report
}

func (s Shelf) file(slug string) string { return filepath.Join(string(s), "foreseen-"+slug) }
