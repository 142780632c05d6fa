package exercise

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Bounds on what a zip may hold. Nothing of it is written to a disk.
const (
	maxEntries  = 1000
	maxUsed     = 100      // notebooks and Go files
	maxUnpacked = 64 << 20 // bytes of them, together
)

// isZip reports whether data is a zip, or one that holds nothing.
func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

// readZip reads the notebooks and Go files of a zip. One that nobody packs by
// accident is refused as a whole.
func readZip(name string, data []byte) (*HandedIn, error) {
	refuse := func(why string) (*HandedIn, error) {
		return nil, &SourceError{Kind: Unreadable, Message: name + " " + why}
	}
	if len(data) > maxHandedIn {
		return nil, tooLarge(name)
	}
	// The reader allocates for each entry before it tells how many there are.
	if bytes.Count(data, []byte("PK\x01\x02")) > maxEntries {
		return refuse(fmt.Sprintf("holds more than %d files, or another zip: pack only your notebook or your Go files", maxEntries))
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return refuse("is a damaged zip, perhaps not uploaded to its end: pack it again")
	}
	h := &HandedIn{}
	seen := map[string]bool{}
	left := maxUnpacked
	for _, f := range r.File {
		if why := suspicious(f); why != "" {
			return refuse(fmt.Sprintf("holds %s, %s", label(f.Name), why))
		}
		if !used(f) {
			continue
		}
		known := label(f.Name)
		if seen[known] {
			return refuse("holds " + known + " twice: pack it again with one of them")
		}
		if seen[known] = true; len(seen) > maxUsed {
			return refuse(fmt.Sprintf("holds more than %d notebooks and Go files: pack only your answers", maxUsed))
		}
		text, err := unpack(f, left)
		if err != nil {
			return refuse(fmt.Sprintf("holds %s, which %v", known, err))
		}
		left -= len(text)
		if err := h.add(path.Base(known), known, text); err != nil {
			h.unread = append(h.unread, err)
		}
	}
	if len(h.notebooks)+len(h.files) == 0 {
		if len(h.unread) > 0 {
			return nil, h.unread[0]
		}
		return refuse("holds neither a notebook (.ipynb) nor a Go file: pack your answer into it")
	}
	return h, nil
}

// suspicious says why a zip with this entry is not read at all.
func suspicious(f *zip.File) string {
	slashed := strings.ReplaceAll(f.Name, `\`, "/")
	switch {
	case strings.HasPrefix(slashed, "/"), len(slashed) > 1 && slashed[1] == ':':
		return "a path from the root of a disk: pack it again by its name alone"
	case slices.Contains(strings.Split(slashed, "/"), ".."):
		return "a path out of its folder: pack it again by its name alone"
	case f.Mode()&fs.ModeType != 0 && !f.Mode().IsDir():
		return "a link or a device: pack the file itself"
	case slices.Contains([]string{".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar"}, strings.ToLower(path.Ext(slashed))) && !junk(slashed):
		return "an archive within the archive: pack your answers themselves"
	}
	return ""
}

// used reports whether an entry may be an answer.
func used(f *zip.File) bool {
	if f.FileInfo().IsDir() || junk(f.Name) || strings.HasSuffix(f.Name, "_test.go") {
		return false
	}
	ext := strings.ToLower(path.Ext(f.Name))
	return ext == ".ipynb" || ext == ".go"
}

// junk is what systems and editors leave in folders.
func junk(name string) bool {
	for part := range strings.SplitSeq(strings.ReplaceAll(name, `\`, "/"), "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") && part != "." && part != ".." {
			return true
		}
	}
	return false
}

// unpack reads an entry of at most so many bytes, whatever size it claims.
func unpack(f *zip.File, most int) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("is encrypted: pack it without a password")
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("is packed in a way that cannot be read: pack it as an ordinary zip")
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	switch {
	case len(text) > most:
		return nil, fmt.Errorf("unpacks to more than %d MB: clear the outputs and pack it again", maxUnpacked>>20)
	case err != nil:
		return nil, fmt.Errorf("is damaged: pack it again")
	}
	return text, nil
}
