// Package source leads from a position in the running program to the line that
// the reader wrote.
//
// The kernel composes all cells into one main.go beside the running binary, so a
// line's text says more to a reader than its number there: positions are told by
// function and text.
package source

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// Position is a line of the reader's. Its zero value is no position.
type Position struct {
	Func string // as the reader would call it: "work", "main", "Bank.Pay"
	File string
	Line int // in File; see String for what is told to a reader
}

// At returns the position of a line of function fn, as the runtime calls it.
func At(fn, file string, line int) Position {
	return Position{Func: FuncName(fn), File: file, Line: line}
}

// Known reports whether p is a position at all.
func (p Position) Known() bool { return p.File != "" }

// Text returns the line without its indentation and comment, or "" if the file
// cannot be read.
func (p Position) Text() string {
	lines := load(p.File).lines
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	text, _, _ := strings.Cut(lines[p.Line-1], "//")
	return strings.TrimSpace(text)
}

// String tells the position to the reader: "`mu.Lock()` (work)"; for the body of
// a cell that starts with %% the line is known, too: "`mu.Lock()` (line 4 below
// %%)"; for a program that no kernel composed, file and line.
func (p Position) String() string {
	if !p.Known() {
		return "an unknown line"
	}
	where := p.Func
	file := load(p.File)
	switch below := p.Line - file.body; {
	case !file.composed:
		where = fmt.Sprintf("%s:%d", filepath.Base(p.File), p.Line)
	case file.body > 0 && below > 0 && p.Func == "main":
		where = fmt.Sprintf("line %d below %%%%", below)
	}
	text := []rune(p.Text())
	if len(text) > longest {
		text = append(text[:longest-1], '…')
	}
	switch {
	case len(text) == 0:
		return where
	case where == "init": // in a function that a package's variable holds
		return "`" + string(text) + "`"
	}
	return "`" + string(text) + "` (" + where + ")"
}

// longest is how many characters of a line are told.
const longest = 60

// file is a source file as it was when it was first asked for.
type file struct {
	lines    []string
	composed bool // by the kernel
	body     int  // in a composed file: the line before the first of the %% body, or 0
}

var (
	mu    sync.Mutex // protects files
	files = map[string]*file{}
)

func load(name string) *file {
	mu.Lock()
	defer mu.Unlock()
	if f := files[name]; f != nil {
		return f
	}
	f := &file{}
	if data, err := os.ReadFile(name); err == nil {
		f.lines = strings.Split(string(data), "\n")
	}
	f.composed = isComposed(name)
	if f.composed {
		f.body = bodyStart(f.lines)
	}
	files[name] = f
	return f
}

// isComposed reports whether the kernel wrote the file: it is the one main.go
// beside the running binary, in the folder that the kernel names.
func isComposed(name string) bool {
	dir := os.Getenv("GONB_TMP_DIR")
	return dir != "" && filepath.Dir(name) == filepath.Clean(dir)
}

// bodyStart finds the line before the first of a %% cell's body. The kernel
// writes "func main() {" and "flag.Parse()" in front of it.
func bodyStart(lines []string) int {
	for i, line := range lines {
		if strings.HasPrefix(line, "func main() {") && i+1 < len(lines) && strings.TrimSpace(lines[i+1]) == "flag.Parse()" {
			return i + 2
		}
	}
	return 0
}

// Owner says whose code a function is.
type Owner int

// The owners of code.
const (
	Reader   Owner = iota // the cell's or program's own
	Standard              // Go's own
	Helper                // of the packages that cells import from this module
	Library               // of another module, from the module cache
)

const helpers = "github.com/interleave-lab/interleave/kernel-helpers/"

// OwnerOf returns whose code a function is, by its name and file as the runtime
// tells them.
func OwnerOf(fn, file string) Owner {
	pkg := Package(fn)
	switch {
	case helpersRoot != "" && strings.HasPrefix(file, helpersRoot) && !strings.HasSuffix(file, "_test.go"):
		return Helper // also a literal that the compiler calls after the reader's function
	case strings.HasPrefix(pkg, helpers):
		if strings.HasSuffix(pkg, "_test") {
			return Reader
		}
		return Helper
	case pkg == "main":
		return Reader
	case strings.Contains(file, "@v"): // as in …/pkg/mod/golang.org/x/sync@v0.24.0/…
		return Library
	case goroot != "":
		if strings.HasPrefix(file, goroot) {
			return Standard
		}
		return Reader
	}
	first, _, _ := strings.Cut(pkg, "/")
	if strings.Contains(first, ".") {
		return Reader
	}
	return Standard
}

// goroot is the folder of Go's own sources, or "" if the binary holds no full
// paths (-trimpath).
var goroot = func() string {
	pc := make([]uintptr, 32)
	frames := runtime.CallersFrames(pc[:runtime.Callers(0, pc)])
	for {
		frame, more := frames.Next()
		if root, ok := strings.CutSuffix(frame.File, "runtime/extern.go"); ok && filepath.IsAbs(root) {
			return root
		}
		if !more {
			return ""
		}
	}
}()

// helpersRoot is the folder of the helpers' own sources.
var helpersRoot = func() string {
	_, file, _, _ := runtime.Caller(0)
	root, _ := strings.CutSuffix(file, "internal/source/source.go")
	return root
}()

// Package returns the path of a function's package.
func Package(fn string) string {
	slash := strings.LastIndexByte(fn, '/') + 1
	if dot := strings.IndexByte(fn[slash:], '.'); dot >= 0 {
		return fn[:slash+dot]
	}
	return fn
}

// FuncName returns a function's name as a reader would call it: "work" for
// main.work and for what the compiler makes of the functions inside it,
// "Bank.Pay" for main.(*Bank).Pay, "http.Get" for another package's.
func FuncName(fn string) string {
	pkg := Package(fn)
	name := strings.TrimPrefix(fn[len(pkg):], ".")
	name, _ = enclosing(inlined(name))
	for IsLiteral(fn) && pkg == "main" && strings.HasPrefix(name, "main.") {
		name = name[len("main."):] // the compiler has put what stands behind it into main
	}
	if base := pkg[strings.LastIndexByte(pkg, '/')+1:]; base != "main" {
		name = base + "." + name
	}
	return strings.NewReplacer("(*", "", "(", "", ")", "").Replace(name)
}

// IsLiteral reports whether fn is a function without a name of its own.
func IsLiteral(fn string) bool {
	_, inner := enclosing(fn[len(Package(fn)):])
	return inner
}

// inlined returns the function that a literal was written in, if the compiler has
// put that one's code into another: "work" of "main.func1.2.work.1".
func inlined(name string) string {
	counts := func(part string) bool { // "func1", "2"
		word := strings.TrimRight(part, "0123456789")
		return word != part && (word == "" || word == "func" || word == "gowrap" || word == "deferwrap")
	}
	parts := strings.Split(name, ".")
	end := len(parts)
	for end > 0 && counts(parts[end-1]) {
		end--
	}
	start := end
	for start > 0 && !counts(parts[start-1]) {
		start--
	}
	if start == 0 || start == end {
		return name
	}
	return strings.Join(parts[start:end], ".")
}

// enclosing cuts off what the compiler appends for functions within a function.
func enclosing(name string) (outer string, inner bool) {
	for _, mark := range []string{".func", ".gowrap", ".deferwrap", "-range"} {
		for at := strings.Index(name, mark); at > 0; at = strings.Index(name, mark) {
			rest := name[at+len(mark):]
			if rest != "" && (rest[0] < '0' || rest[0] > '9') {
				break
			}
			name, inner = name[:at], true
		}
	}
	if at := strings.Index(name, "[...]"); at > 0 { // type arguments
		name = name[:at] + name[at+len("[...]"):]
	}
	return name, inner
}
