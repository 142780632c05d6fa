// Package skeleton makes a new exercise: a small one that is complete, compiles and
// proves itself, in which an author replaces one part after the other.
package skeleton

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/interleave-lab/interleave/internal/exercise"
)

//go:embed files
var files embed.FS

// Exercise says what is new.
type Exercise struct {
	Slug, Title string
	Day, Task   int
}

var slugForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

func (e Exercise) check() error {
	switch {
	case !slugForm.MatchString(e.Slug):
		return fmt.Errorf("%q cannot name an exercise: a name is lower-case words joined by hyphens, such as page-downloader", e.Slug)
	case strings.TrimSpace(e.Title) == "" || strings.ContainsAny(e.Title, "\n\r"):
		return errors.New("an exercise needs a title of one line")
	case e.Day < 1 || e.Task < 1:
		return errors.New("days and tasks are counted from 1")
	}
	return nil
}

// Write writes the exercise into the clone at root, and its solution into the folder
// solutions. It returns the files, as they are named. Nothing is overwritten: if the
// exercise is there, nothing is written.
func Write(root, solutions string, e Exercise) (written []string, err error) {
	if err := e.check(); err != nil {
		return nil, err
	}
	to := map[string]string{"exercise": filepath.Join(root, "exercises", e.Slug), "solution": filepath.Join(solutions, e.Slug)}
	for _, dir := range to {
		if _, err := os.Stat(dir); err == nil {
			return nil, fmt.Errorf("%s is there already: choose another name, or remove it", dir)
		}
	}
	title, err := json.Marshal(e.Title)
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(files, "files", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := files.ReadFile(path)
		if err != nil {
			return err
		}
		part, name, _ := strings.Cut(strings.TrimPrefix(path, "files/"), "/")
		file := filepath.Join(to[part], filepath.FromSlash(strings.TrimSuffix(name, ".txt")))
		if strings.HasSuffix(file, ".json") {
			text = []byte(strings.ReplaceAll(string(text), `"TITLE"`, string(title)))
		}
		written = append(written, file)
		return write(file, e.fill(string(text)))
	})
	if err != nil {
		return written, err
	}
	ex, err := exercise.Load(root, solutions, e.Slug)
	if err != nil {
		return written, err
	}
	source, err := ex.Solution.Source()
	if err != nil {
		return written, err
	}
	stub, err := exercise.Stub(source)
	if err != nil {
		return written, err
	}
	return append(written, ex.StubPath()), write(ex.StubPath(), string(stub))
}

func (e Exercise) fill(text string) string {
	return strings.NewReplacer("TITLE", e.Title, "SLUG", e.Slug, "PACKAGE", strings.ReplaceAll(e.Slug, "-", ""),
		"DAY", strconv.Itoa(e.Day), "TASK", strconv.Itoa(e.Task)).Replace(text)
}

func write(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
