package grade

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/sys/unix"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/report"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// Journal keeps rows as they are judged, so that a run which was killed goes on where
// it was. It is a file of lines that only grows: a row, behind a key that says what
// was judged and by what. A row counts if its key is what the same judgement would
// have today; a line that a kill cut short does not. A nil Journal keeps nothing.
type Journal struct {
	judge string // digest of what judges beside the exercise: the command

	mu   sync.Mutex // protects what follows
	file *os.File
	rows map[string]report.Row // by key
}

// line is one of a journal.
type line struct {
	Key string     `json:"key"`
	Row report.Row `json:"row"`
}

// OpenJournal opens the journal at path, or begins one. With fresh it begins anew. It
// is an error if another process has it open.
func OpenJournal(path string, fresh bool) (*Journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: file, rows: map[string]report.Row{}}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		file.Close()
		return nil, fmt.Errorf("another grading run is writing to %s: wait for it, or name another folder with --out", path)
	}
	if j.judge, err = commandDigest(); err == nil && fresh {
		err = file.Truncate(0)
	}
	if err == nil {
		err = j.read()
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return j, nil
}

// Close closes the file, which stays for the next run.
func (j *Journal) Close() error { return j.file.Close() }

// read takes the rows that are there, up to the first line that is none, and goes on
// behind them.
func (j *Journal) read() error {
	in := bufio.NewReader(j.file)
	size := int64(0)
	for {
		text, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		var l line
		if err != nil || json.Unmarshal(text, &l) != nil {
			break
		}
		j.rows[l.Key] = l.Row
		size += int64(len(text))
	}
	if err := j.file.Truncate(size); err != nil {
		return err
	}
	_, err := j.file.Seek(size, io.SeekStart)
	return err
}

// key names a judgement by all that it depends on: the submission's program, with what
// is said of how it was read, what judges the exercise and in which sandbox, and the command.
func (j *Journal) key(version string, tier sandbox.Tier, t *task) string {
	if j == nil {
		return ""
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%s\n%s\n%s\n%q\n%q\n%q\n%q\n", j.judge, version, tier, t.submission.Name, t.exercise.Slug, t.program.Source, t.program.Notes)
	return hex.EncodeToString(hash.Sum(nil))
}

func (j *Journal) find(key string) (report.Row, bool) {
	if j == nil {
		return report.Row{}, false
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	row, ok := j.rows[key]
	return row, ok
}

// add keeps a row, unless the judge is at fault: the next run tries again.
func (j *Journal) add(key string, row report.Row) error {
	if j == nil || row.Verdict == engine.GraderFault {
		return nil
	}
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(line{key, row}); err != nil {
		return err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	_, err := j.file.Write(text.Bytes()) // in one piece: a kill cuts it short or not
	return err
}

// sync lets what was added outlive the machine, too.
func (j *Journal) sync() error {
	if j == nil {
		return nil
	}
	return j.file.Sync()
}

// commandDigest is that of the running program, in which the engine is.
func commandDigest() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
