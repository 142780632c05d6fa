package exercise

import (
	"bytes"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"unicode"
)

// maxHandedIn bounds the file that a learner hands in, outputs included.
const maxHandedIn = 64 << 20

// HandedIn is what a learner handed in: a notebook, a Go file, or a zip of some.
type HandedIn struct {
	notebooks []notebookFile
	files     []goFile
	unread    []*SourceError // of a zip: what could not be read
}

// OpenHandedIn reads what stands at path. Whatever is wrong with its content is a
// *SourceError. Neither links nor devices are followed.
func OpenHandedIn(path string) (*HandedIn, error) { return open(path, syscall.O_NOFOLLOW) }

// OpenOwn is OpenHandedIn for somebody's own work, whose links lead where they may.
func OpenOwn(path string) (*HandedIn, error) { return open(path, 0) }

func open(path string, how int) (*HandedIn, error) {
	data, err := readRegular(path, how)
	if err != nil {
		return nil, err
	}
	return ReadHandedIn(filepath.Base(path), data)
}

// ReadHandedIn reads what a file of that name holds. What it is, its content says, and
// its name where that says nothing. An error is a *SourceError.
func ReadHandedIn(name string, data []byte) (*HandedIn, error) {
	name = label(name)
	if isZip(data) {
		return readZip(name, data)
	}
	h := &HandedIn{}
	if err := h.add(name, name, data); err != nil {
		return nil, err
	}
	return h, nil
}

// add reads one file. known is what learners call it, folder included.
func (h *HandedIn) add(name, known string, data []byte) *SourceError {
	if len(data) > maxHandedIn {
		return tooLarge(known)
	}
	if what := misnamed(data); what != "" {
		return &SourceError{Kind: Unreadable, Message: known + " " + what}
	}
	if isGo(name, data) {
		f, err := readGoFile(name, known, data)
		if err != nil {
			return err
		}
		h.files = append(h.files, f)
		return nil
	}
	n, err := parseNotebook(data)
	if err != nil {
		return &SourceError{Kind: Unreadable, Message: fmt.Sprintf("%s cannot be read: %v", known, err)}
	}
	h.notebooks = append(h.notebooks, notebookFile{known, n})
	return nil
}

// isGo reports whether a file is Go rather than a notebook.
func isGo(name string, data []byte) bool {
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff"))), []byte("{")) {
		return false
	}
	_, err := parser.ParseFile(token.NewFileSet(), "", data[:min(len(data), maxSource)], parser.PackageClauseOnly)
	return err == nil || strings.EqualFold(path.Ext(name), ".go")
}

// Owes returns those of the exercises that the work is judged on: with a notebook
// all of each day of which it answers one, with Go files those that they answer.
func (h *HandedIn) Owes(all []*Exercise) []*Exercise {
	days := map[int]bool{}
	for _, e := range all {
		if e.inNotebook(h) {
			days[e.Day] = true
		}
	}
	var owed []*Exercise
	for _, e := range all {
		if days[e.Day] || len(e.filesOf(h)) > 0 {
			owed = append(owed, e)
		}
	}
	return owed
}

// AnsweredIn reports whether it answers the exercise, or has a cell for that.
func (e *Exercise) AnsweredIn(h *HandedIn) bool { return e.inNotebook(h) || len(e.filesOf(h)) > 0 }

func (e *Exercise) inNotebook(h *HandedIn) bool {
	return slices.ContainsFunc(h.notebooks, func(n notebookFile) bool { return e.claims(n) || e.declaredIn(n) })
}

// From takes the program out of what was handed in. An error about the learner's
// source is a *SourceError.
func (e *Exercise) From(h *HandedIn) (*Program, error) {
	notebooks, files := e.notebooksOf(h), e.filesOf(h)
	switch {
	case len(notebooks) > 0 && len(files) > 0:
		return nil, e.twice(notebooks[0].name, files[0].name)
	case len(files) > 0:
		p, err := e.fromFiles(files)
		return p, e.elsewhere(h, files, err)
	case len(notebooks) == 0:
		if len(h.unread) > 0 {
			return nil, h.unread[0]
		}
		return nil, &SourceError{Kind: Missing, Message: "there is no answer to " + e.Slug + ": hand in the course's notebook, or a file " + e.Slug + ".go"}
	}
	p, err := e.FromNotebook(notebooks[0].notebook)
	for _, other := range notebooks[1:] {
		second, secondErr := e.FromNotebook(other.notebook)
		if err != nil || secondErr != nil || string(p.Source) != string(second.Source) {
			return nil, e.twice(notebooks[0].name, other.name)
		}
	}
	return p, err
}

func (e *Exercise) twice(one, other string) *SourceError {
	return &SourceError{Kind: Twice, Message: fmt.Sprintf("%s is answered in %s and, differently, in %s: hand in one of them", e.Slug, one, other)}
}

// readRegular reads a file of bounded size that is a file. how is more for open.
func readRegular(path string, how int) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|how, 0) // a pipe would block
	if errors.Is(err, syscall.ELOOP) {
		return nil, noFile()
	}
	if errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("%s may not be read by whoever runs this (%w): change that, and try again", label(filepath.Base(path)), fs.ErrPermission)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, noFile()
	case info.Size() > maxHandedIn:
		return nil, tooLarge(label(filepath.Base(path)))
	}
	data, err := io.ReadAll(io.LimitReader(f, maxHandedIn+1))
	if err == nil && len(data) > maxHandedIn {
		err = &fs.PathError{Op: "read", Path: path, Err: errors.New("it grows while it is read")}
	}
	return data, err
}

func noFile() *SourceError {
	return &SourceError{Kind: Unreadable, Message: "A link, or no file at all, stands in the notebook's place: hand in the file itself."}
}

func tooLarge(name string) *SourceError {
	return &SourceError{Kind: Unreadable, Message: fmt.Sprintf("%s is larger than %d MB: clear the outputs (Edit > Clear Outputs of All Cells), save it and hand it in again", name, maxHandedIn>>20)}
}

// label is a file's name as it may stand in messages, paths and line directives.
func label(name string) string {
	const most = 80
	runes := []rune(strings.ToValidUTF8(name, "_"))
	for i, r := range runes {
		if !unicode.IsPrint(r) || unicode.IsSpace(r) || strings.ContainsRune(`:"'\<>|*?`, r) {
			runes[i] = '_'
		}
	}
	if len(runes) > most {
		runes = runes[len(runes)-most:]
	}
	if len(runes) == 0 {
		return "answer"
	}
	return string(runes)
}
