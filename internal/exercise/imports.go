package exercise

import (
	"path"
	"slices"
	"strings"
)

// Base is what every program may import: Go's concurrency, plain data, and the
// course's helpers that need nothing of the world.
var Base = []string{
	"bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring",
	"context", "errors", "fmt", "io", "iter", "maps", "math", "math/bits", "math/rand",
	"math/rand/v2", "slices", "sort", "strconv", "strings", "sync", "sync/atomic",
	"time", "unicode", "unicode/utf8",
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
	Module + "/kernel-helpers/eventloop", Module + "/kernel-helpers/locks",
	Module + "/kernel-helpers/pools", Module + "/kernel-helpers/threads",
}

// denied holds packages that give a program a way around its judge. A path that
// ends in a slash stands for all below it.
var denied = map[string]string{
	"C":                                 "C code runs outside of Go's rules",
	"embed":                             "it reads files while the program is built",
	"expvar":                            "it opens a server",
	"flag":                              "it changes how the checks are run",
	"go/":                               "it is for tools",
	"internal/":                         "it is Go's own",
	"io/ioutil":                         "it reaches files",
	"log":                               "log.Fatal ends the process",
	"log/":                              "it writes where the checks write",
	"net":                               "a graded program uses what it is handed and no network",
	"net/":                              "a graded program uses what it is handed and no network",
	"os":                                "a graded program uses what it is handed and no files, signals or exits",
	"os/":                               "a graded program uses what it is handed and no files, signals or exits",
	"path/filepath":                     "it reaches files",
	"plugin":                            "it loads other code",
	"reflect":                           "it reaches what a program should not",
	"runtime":                           "it changes how the program is run",
	"runtime/":                          "it changes how the program is run",
	"syscall":                           "it reaches the system",
	"testing":                           "it reaches the checks",
	"testing/":                          "it reaches the checks",
	"unsafe":                            "it goes around Go's types",
	"weak":                              "it is for the runtime's friends",
	"golang.org/x/sys/":                 "it reaches the system",
	Module + "/exercises/":              "it reaches the checks",
	Module + "/internal/":               "it is the judge's own",
	Module + "/solutions/":              "it reaches the solutions",
	Module + "/kernel-helpers/check":    "a program cannot check itself",
	Module + "/kernel-helpers/display":  "a graded program shows nothing: call it from another cell",
	Module + "/kernel-helpers/timeline": "a graded program records nothing: record it from another cell",
}

// Denied says why no exercise can allow the package, or "" when one may.
func Denied(importPath string) string {
	if why, ok := denied[importPath]; ok {
		return why
	}
	for prefix := path.Dir(importPath); prefix != "." && prefix != "/"; prefix = path.Dir(prefix) {
		if why, ok := denied[prefix+"/"]; ok {
			return why
		}
	}
	return ""
}

// Allows reports whether a program for this exercise may import the package.
func (m *Manifest) Allows(importPath string) bool {
	return Denied(importPath) == "" &&
		(slices.Contains(Base, importPath) || slices.Contains(m.Imports, importPath))
}

// packageNamed returns the package that a program means by a name that it did
// not import, as the kernel's goimports would; "" when there is none. A denied
// package is found too, so that a refusal can name it.
func (m *Manifest) packageNamed(name string) string {
	for _, list := range [][]string{m.Imports, Base} {
		for _, candidate := range list {
			if importName(candidate) == name {
				return candidate
			}
		}
	}
	for candidate := range denied {
		if !strings.HasSuffix(candidate, "/") && importName(candidate) == name {
			return candidate
		}
	}
	return wellKnown[name]
}

// wellKnown are names below a denied path that learners reach for.
var wellKnown = map[string]string{
	"exec": "os/exec", "signal": "os/signal", "http": "net/http", "debug": "runtime/debug",
	"synctest": "testing/synctest", "slog": "log/slog", "trace": "runtime/trace", "unix": "golang.org/x/sys/unix",
}

// importName is the name by which an import without an alias is used.
func importName(importPath string) string {
	base := path.Base(importPath)
	if len(base) > 1 && base[0] == 'v' && strings.Trim(base[1:], "0123456789") == "" && strings.Contains(importPath, "/") {
		base = path.Base(path.Dir(importPath))
	}
	return base
}
