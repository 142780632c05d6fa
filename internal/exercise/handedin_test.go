package exercise_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unicode/utf16"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// entry is one file of a zip.
type entry struct {
	name, text string
	mode       fs.FileMode
	flags      uint16
}

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, Flags: e.flags}
		h.SetMode(e.mode | 0o600)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is a zip of notebooks that hold so many megabytes of nothing: one megabyte,
// packed once, stands there as often.
func bomb(t testing.TB, megabytes ...int) []byte {
	t.Helper()
	nothing := make([]byte, 1<<20)
	var packed, b bytes.Buffer
	f, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = f.Write(nothing)
	}
	if err == nil {
		err = f.Flush() // to a whole byte, without an end
	}
	w := zip.NewWriter(&b)
	for i, n := range megabytes {
		text := append(bytes.Repeat(packed.Bytes(), n), 0x03, 0x00) // and an empty last block
		h := &zip.FileHeader{Name: fmt.Sprint(i, ".ipynb"), Method: zip.Deflate, UncompressedSize64: uint64(n) << 20, CompressedSize64: uint64(len(text))}
		for range n {
			h.CRC32 = crc32.Update(h.CRC32, crc32.IEEETable, nothing)
		}
		var raw io.Writer
		if raw, err = w.CreateRaw(h); err == nil {
			_, err = raw.Write(text)
		}
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// saved is a notebook as Jupyter writes it, its first code cell the graded one.
func saved(t testing.TB, sources ...string) string {
	t.Helper()
	n := &notebook.Notebook{Minor: 5}
	for i, source := range sources {
		c := notebook.NewCell(notebook.Code, fmt.Sprint("c", i), source)
		if i == 0 {
			c.Metadata["interleave"] = map[string]any{"exercise": "adder"}
		}
		n.Cells = append(n.Cells, c)
	}
	return string(n.Bytes())
}

const addFile = "package adder\n\n" + add + "\n"

func TestWhatIsHandedIn(t *testing.T) {
	book := saved(t, add)
	for name, c := range map[string]struct {
		file string
		data []byte
		says string // of the refusal; "" when the program is there
	}{
		"a notebook":                           {"day.ipynb", []byte(book), ""},
		"a notebook with a byte order mark":    {"day.ipynb", []byte("\ufeff" + book), ""},
		"a notebook with Windows line ends":    {"day.ipynb", []byte(strings.ReplaceAll(book, "\n", "\r\n")), ""},
		"a notebook without ids":               {"day.ipynb", []byte(strings.Replace(book, `"id": "c0",`, "", 1)), ""},
		"a notebook with two ids alike":        {"day.ipynb", []byte(strings.Replace(saved(t, add, "x := 1"), "c1", "c0", 1)), ""},
		"a notebook with a cell of a new type": {"day.ipynb", []byte(strings.Replace(book, `"cells": [`, `"cells": [{"cell_type":"sql","source":1}, 7,`, 1)), ""},
		"a Go file":                            {"adder.go", []byte(addFile), ""},
		"a Go file with a byte order mark":     {"adder.go", []byte("\ufeff" + addFile), ""},
		"a Go file of an old Mac":              {"adder.go", []byte(strings.ReplaceAll(addFile, "\n", "\r")), ""},
		"a Go file under another name":         {"my answer.go", []byte("package main\n\n" + add + "\nfunc main() {}\n"), ""},
		"a Go file without a clause":           {"ADDER.GO", []byte(add), ""},
		"a clause below a comment with one":    {"adder.go", []byte("/*\npackage adder adds.\n*/\npackage adder; import \"sync\"\n" + add), ""},
		"a notebook under a Go file's name":    {"adder.go", []byte(book), ""},
		"a Go file under a notebook's name":    {"adder.ipynb", []byte(addFile), ""},
		"a zip":                                {"x.zip", zipOf(t, entry{name: "work/day.ipynb", text: book}), ""},
		"a zip under a notebook's name":        {"x.ipynb", zipOf(t, entry{name: "day.ipynb", text: book}), ""},
		"a zip of a package":                   {"x.zip", zipOf(t, entry{name: "adder/a.go", text: "package adder\nfunc Add(a, b int) int { return sum(a, b) }"}, entry{name: "adder/b.go", text: "package adder\nfunc sum(a, b int) int { return a + b }"}, entry{name: "adder/a_test.go", text: "package adder\nfunc Add() {}"}), ""},
		"a zip of a Mac":                       {"x.zip", zipOf(t, entry{name: "day.ipynb", text: book}, entry{name: "__MACOSX/._day.ipynb", text: "\x00\x05\x16\x07"}, entry{name: ".ipynb_checkpoints/day.ipynb", text: saved(t, longAdd)}, entry{name: ".git/x.zip"}), ""},
		"a zip with one answer twice":          {"x.zip", zipOf(t, entry{name: "a.ipynb", text: book}, entry{name: "b.ipynb", text: book}), ""},
		"a zip with a broken notebook, too":    {"x.zip", zipOf(t, entry{name: "a.ipynb", text: "{"}, entry{name: "b.ipynb", text: book}), ""},

		"nothing":                       {"day.ipynb", nil, "the file is empty"},
		"half saved":                    {"day.ipynb", []byte(book[:len(book)/2]), "breaks off"},
		"nbformat 3":                    {"day.ipynb", []byte(`{"nbformat":3,"nbformat_minor":0,"worksheets":[]}`), "open it in JupyterLab and save it"},
		"no notebook":                   {"day.ipynb", []byte(`{"a":1}`), "open it in JupyterLab"},
		"JSON alone":                    {"day.ipynb", []byte(`[1,2]`), "open it in JupyterLab"},
		"cells that are none":           {"day.ipynb", []byte(`{"nbformat":4,"cells":{}}`), "no list"},
		"two in one":                    {"day.ipynb", []byte(book + book), "something follows its end"},
		"a merge that is not done":      {"day.ipynb", []byte("{\n<<<<<<< HEAD\n"), "resolve the merge"},
		"not UTF-8":                     {"day.ipynb", []byte(strings.Replace(book, "a + b", "a + b // \xe9", 1)), "is not UTF-8"},
		"a PDF":                         {"day.ipynb", []byte("%PDF-1.7\n"), "is a PDF"},
		"a web page":                    {"day.ipynb", []byte("\n<!DOCTYPE html>\n<html>"), "download the notebook again"},
		"UTF-16":                        {"day.ipynb", []byte("\xff\xfe{\x00"), "save it as UTF-8"},
		"gzip":                          {"day.ipynb", []byte("\x1f\x8b\x08"), "packed with gzip"},
		"deep":                          {"day.ipynb", []byte(`{"nbformat":4,"x":` + strings.Repeat("[", 1<<20)), "not JSON"},
		"a bomb of outputs":             {"day.ipynb", []byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[` + strings.Repeat("[],", 1<<18) + `1]}]}`), "no answer to adder|not declared"},
		"a bomb of cells":               {"day.ipynb", []byte(`{"nbformat":4,"cells":[` + strings.Repeat(`{"cell_type":"raw"},`, 20_000) + `1]}`), "more than 10000 cells"},
		"a bomb of metadata":            {"day.ipynb", []byte(`{"nbformat":4,"cells":[{"cell_type":"code","metadata":{"x":[` + strings.Repeat("0,", 5<<19) + `0]}}]}`), "more than 4 MB besides its outputs"},
		"a Go file that is broken":      {"adder.go", []byte("package adder\nfunc Add("), "line 2 of adder.go"},
		"a Go file that is none":        {"adder.go", []byte("{\"cells\": []}"), "it has no \"nbformat\"; open it in JupyterLab"},
		"a rich text file":              {"adder.go", []byte("{\\rtf1\\ansi package adder"), "save it as plain text"},
		"Go below Markdown's fence":     {"adder.go", []byte("```go\npackage adder\n" + add + "\n```\n"), "line 1 of adder.go: expected declaration, found ``: ``` marks code in Markdown"},
		"Go below a shell's comment":    {"adder.go", []byte("# adds\n" + add), "a comment begins with //"},
		"Go out of a web page":          {"adder.go", []byte("package adder\nfunc Add(a, b int) int {\n\u00a0\u00a0return a + b }"), "line 3 of adder.go: illegal character U+00A0: a character that only looks like a space"},
		"Python":                        {"adder.go", []byte("def add(a, b):\n    return a + b\n"), "this is Python"},
		"two packages in one file":      {"adder.go", []byte(addFile + "\npackage other\n"), "one package clause, in its first line"},
		"a link to a notebook":          {"day.ipynb", []byte("https://host/drive/1"), "is a link and no notebook"},
		"UTF-16 without a mark":         {"day.ipynb", sixteen(book), "is UTF-16 text"},
		"Go in UTF-16":                  {"adder.go", sixteen(addFile), "is UTF-16 text"},
		"zero bytes":                    {"day.ipynb", make([]byte, 5000), "nothing but zero bytes"},
		"zero bytes at its end":         {"day.ipynb", []byte(book + "\x00\x00"), "something follows its end"},
		"a zero byte within":            {"day.ipynb", []byte(strings.Replace(book, "a + b", "a +\x00 b", 1)), "cannot be read from line"},
		"all of it below %%":            {"day.ipynb", []byte(saved(t, "%%\n"+add)), "It stands below %%"},
		"a package in two":              {"x.zip", zipOf(t, entry{name: "a.go", text: "package adder\n"}, entry{name: "b.go", text: "package other\n" + longAdd}), "b.go declares some of it, in another package: let both files begin with package adder"},
		"a Go file in Latin-1":          {"adder.go", []byte("package adder // \xe9\n" + add), "save it as UTF-8"},
		"a Go file amid a merge":        {"adder.go", []byte("package adder\n<<<<<<< HEAD\n" + add + "\n=======\n>>>>>>> theirs\n"), "line 2 of adder.go: git left"},
		"a Go file with the same twice": {"adder.go", []byte(addFile + add), "Add is declared here and in line 3 of adder.go"},
		"another exercise's":            {"other.go", []byte("package other\nfunc Other() {}"), "no answer to adder"},
		"a name that is an order":       {"a\n//go:x.go", []byte("package adder\nfunc Add("), "line 2 of a_//go_x.go"},
		"a zip of nothing":              {"x.zip", zipOf(t), "neither a notebook"},
		"a zip of a document":           {"x.zip", zipOf(t, entry{name: "word/document.xml"}), "neither a notebook"},
		"a damaged zip":                 {"x.zip", zipOf(t, entry{name: "day.ipynb", text: book})[:100], "pack it again"},
		"a zip damaged within":          {"x.zip", damaged(zipOf(t, entry{name: "day.ipynb", text: book})), "is damaged: pack it again"},
		"a zip with a password":         {"x.zip", zipOf(t, entry{name: "day.ipynb", text: book, flags: 1}), "without a password"},
		"a zip bomb in parts":           {"x.zip", bomb(t, 40, 40), "unpacks to more than 64 MB"},
		"a zip in a zip":                {"x.zip", zipOf(t, entry{name: "day.ipynb", text: book}, entry{name: "y.zip", text: "PK"}), "archive within the archive"},
		"a zip with a link":             {"x.zip", zipOf(t, entry{name: "day.ipynb", text: "/etc/passwd", mode: fs.ModeSymlink}), "a link or a device"},
		"a zip with a path to the root": {"x.zip", zipOf(t, entry{name: "/tmp/day.ipynb", text: book}), "from the root of a disk"},
		"a zip with a Windows path":     {"x.zip", zipOf(t, entry{name: `C:\day.ipynb`, text: book}), "from the root of a disk"},
		"a zip with a path out":         {"x.zip", zipOf(t, entry{name: "a/../../day.ipynb", text: book}), "out of its folder"},
		"a zip with a name twice":       {"x.zip", zipOf(t, entry{name: "day.ipynb", text: book}, entry{name: "day.ipynb", text: saved(t, longAdd)}), "day.ipynb twice"},
		"a zip of many files":           {"x.zip", zipOf(t, make([]entry, 1001)...), "more than 1000 files"},
		"a zip of many answers":         {"x.zip", zipOf(t, many(101)...), "more than 100 notebooks"},
		"a zip with two answers":        {"x.zip", zipOf(t, entry{name: "a.ipynb", text: book}, entry{name: "b.ipynb", text: saved(t, longAdd)}), "in a.ipynb and, differently, in b.ipynb: hand in one of them"},
		"a zip of both kinds":           {"x.zip", zipOf(t, entry{name: "a.ipynb", text: book}, entry{name: "adder.go", text: addFile}), "in a.ipynb and, differently, in adder.go"},
		"a zip of a broken notebook":    {"x.zip", zipOf(t, entry{name: "a.ipynb", text: "{"}), "a.ipynb cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := exercise.ReadHandedIn(c.file, c.data)
			var p *exercise.Program
			if err == nil {
				p, err = adder.From(h)
			}
			if c.says == "" {
				if err != nil || !strings.Contains(string(p.Source), "a + b") || strings.Contains(string(p.Source), "Add() {") {
					t.Errorf("got %v and %v", p, err)
				}
				return
			}
			var source *exercise.SourceError
			if !errors.As(err, &source) || !containsOne(err.Error(), c.says) {
				t.Errorf("got %v, want an error about the source that says %q", err, c.says)
			}
		})
	}
}

// sixteen is a text in UTF-16, without a mark that says so.
func sixteen(text string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, unit)
	}
	return b
}

func containsOne(text, any string) bool {
	for want := range strings.SplitSeq(any, "|") {
		if strings.Contains(text, want) {
			return true
		}
	}
	return false
}

// damaged changes a byte in the middle of a zip's content.
func damaged(data []byte) []byte {
	data[len(data)/3] ^= 0xff
	return data
}

func many(n int) (entries []entry) {
	for i := range n {
		entries = append(entries, entry{name: fmt.Sprint(i, ".go"), text: "package p"})
	}
	return entries
}

func TestOnlyFilesAreOpened(t *testing.T) {
	dir := t.TempDir()
	secret, link, pipe, large := filepath.Join(dir, "secret"), filepath.Join(dir, "link.ipynb"), filepath.Join(dir, "pipe.ipynb"), filepath.Join(dir, "large.ipynb")
	if err := os.WriteFile(secret, []byte(saved(t, add)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, link); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(large)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(100<<20), f.Close()); err != nil {
		t.Fatal(err)
	}
	for path, says := range map[string]string{link: "A link", pipe: "no file at all", dir: "no file at all", large: "larger than 64 MB"} {
		_, err := exercise.OpenHandedIn(path)
		var source *exercise.SourceError
		if !errors.As(err, &source) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: got %v, want an error that says %q", path, err, says)
		}
	}
	if _, err := exercise.OpenHandedIn(secret); err != nil {
		t.Error(err)
	}
}

func TestWhatIsOwed(t *testing.T) {
	other := &exercise.Exercise{Slug: "other", Manifest: exercise.Manifest{Day: 1, Entry: []string{"Other"}}}
	later := &exercise.Exercise{Slug: "later", Manifest: exercise.Manifest{Day: 2, Entry: []string{"Later"}}}
	one := *adder
	one.Day = 1
	all := []*exercise.Exercise{&one, other, later}
	for name, c := range map[string]struct {
		file, text, want string
	}{
		"a notebook: its whole day":      {"day.ipynb", saved(t, add), "adder other"},
		"a notebook that lost its marks": {"day.ipynb", strings.Replace(saved(t, add), "interleave", "x", 1), "adder other"},
		"a file: what it answers":        {"later.go", "package later", "later"},
		"nothing of the course":          {"x.go", "package x", ""},
	} {
		t.Run(name, func(t *testing.T) {
			h, err := exercise.ReadHandedIn(c.file, []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range h.Owes(all) {
				got = append(got, e.Slug)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A hostile notebook must not cost more memory than it has bytes by much.
func TestOutputsCostNoMemory(t *testing.T) {
	data := []byte(`{"nbformat":4,"cells":[{"cell_type":"code","source":"","outputs":[` + strings.Repeat("0,", 1<<20) + `0]}],"x":[` + strings.Repeat("0,", 1<<19) + `0]}`)
	if !json.Valid(data) {
		t.Fatal("no JSON")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := exercise.ReadHandedIn("x.ipynb", data); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got, most := after.TotalAlloc-before.TotalAlloc, 5*uint64(len(data)); got > most {
		t.Errorf("%d bytes were allocated for a notebook of %d", got, len(data))
	}
}
