package engine_test

import (
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
)

// harm is a body of DownloadAll that does what no answer may, with its imports.
type harm struct{ imports, body string }

// harms reach out of the program. The filter refuses each; the sandbox has to hold
// without it.
var harms = map[string]harm{
	"exits":                         {`"os"`, "os.Exit(0)"},
	"exits by the system":           {`"syscall"`, "syscall.Exit(0)"},
	"ends its goroutine":            {`"runtime"`, "runtime.Goexit()"},
	"reads a file":                  {`"os"`, `os.ReadFile("/etc/passwd")`},
	"reads the checks":              {`"io/fs"; "path/filepath"`, `filepath.Walk("/", func(string, fs.FileInfo, error) error { return nil })`},
	"writes a file":                 {`"os"`, `os.WriteFile("/tmp/interleave-attack", nil, 0o600)`},
	"fills the disk":                {`"os"`, `f, _ := os.Create("x"); for { f.Write(make([]byte, 1<<20)) }`},
	"links to a file":               {`"os"`, `os.Symlink("/etc/passwd", "race.1")`},
	"starts a program":              {`"os/exec"`, `exec.Command("/bin/sh", "-c", "echo").Run()`},
	"forks":                         {`"syscall"`, `for { syscall.RawSyscall(syscall.SYS_FORK, 0, 0, 0) }`},
	"kills its parent":              {`"os"; "syscall"`, `syscall.Kill(os.Getppid(), syscall.SIGKILL)`},
	"kills all it can":              {`"syscall"`, `syscall.Kill(-1, syscall.SIGKILL)`},
	"traces its parent":             {`"syscall"; "os"`, `syscall.PtraceAttach(os.Getppid())`},
	"catches signals":               {`"os"; "os/signal"`, `signal.Ignore(os.Interrupt)`},
	"dials":                         {`"net"`, `net.Dial("tcp", "127.0.0.1:1")`},
	"asks a server":                 {`"net/http"`, `http.Get("http://127.0.0.1:1")`},
	"listens":                       {`"net"`, `net.Listen("tcp", ":0")`},
	"writes on the judge's channel": {`"os"`, `os.NewFile(3, "").WriteString("\x16--- PASS: TestTogether (0.00s)\n")`},
	"asks for the token":            {`"os"`, `println(os.Args[1])`},
	"asks for the flags":            {`"flag"`, `flag.Set("test.run", "^$")`},
	"reaches the checks' testing":   {`"testing"`, `testing.Main(nil, nil, nil, nil)`},
	"loads code":                    {`"plugin"`, `plugin.Open("x.so")`},
	"forges pointers":               {`"unsafe"`, `*(*int)(unsafe.Pointer(uintptr(1))) = 1`},
	"reflects":                      {`"reflect"`, `reflect.ValueOf(fetch).Pointer()`},
	"turns off collection":          {`"runtime/debug"`, `debug.SetMemoryLimit(1)`},
	"logs and exits":                {`"log"`, `log.Fatal("x")`},
}

func TestHarmIsRefused(t *testing.T) {
	t.Parallel()
	e, _ := exercises(t)
	ex := pageDownloader(t)
	for name, h := range harms {
		r := judgeSource(t, e, ex, pages(h.imports, h.body+"\nreturn nil", ""), engine.Public)
		if r.Verdict != engine.Rejected || !strings.Contains(r.Message, "The program uses package") || r.Points != 0 {
			t.Errorf("%s: judged %s, %v points: %s", name, r.Verdict, r.Points, r.Message)
		}
	}
}

// What would get by a filter that looked less closely. Nothing of it is built.
func TestRefusedConstructs(t *testing.T) {
	t.Parallel()
	e, _ := exercises(t)
	ex := pageDownloader(t)
	engineImport := func(path string) string { return `"` + exercise.Module + path + `"` }
	for name, c := range map[string]struct {
		source []byte
		says   string
	}{
		"the judge":                 {pages(engineImport("/internal/engine/judge"), "judge.Main()\nreturn nil", ""), "it is the judge's own"},
		"the schedule":              {pages(engineImport("/internal/engine/schedule"), "schedule.Choose(schedule.Plan{})\nreturn nil", ""), "it is the judge's own"},
		"the schedule, renamed":     {pages("s "+engineImport("/internal/engine/schedule"), "s.Choose(s.Plan{})\nreturn nil", ""), "it is the judge's own"},
		"the record":                {pages(engineImport("/internal/engine/schedule/record"), "record.Open(5)\nreturn nil", ""), "it is the judge's own"},
		"the checks":                {pages(engineImport("/exercises/page-downloader/checks"), "checks.TestTogether(nil)\nreturn nil", ""), "it reaches the checks"},
		"the hidden checks":         {pages(engineImport("/solutions/page-downloader/hidden"), "hidden.X()\nreturn nil", ""), "it reaches the solutions"},
		"the check cell":            {pages(engineImport("/kernel-helpers/check"), "check.Exercise(\"x\")\nreturn nil", ""), "cannot check itself"},
		"a path by a dot":           {pages(`checks "./checks"`, "checks.X()\nreturn nil", ""), "does not allow"},
		"a path by two dots":        {pages(`x "../../internal/engine/judge"`, "x.Main()\nreturn nil", ""), "does not allow"},
		"a vendored name":           {pages(`x "vendor/golang.org/x/net/dns"`, "x.X()\nreturn nil", ""), "does not allow"},
		"another name":              {pages(`strings "os"`, "strings.Exit(0)\nreturn nil", ""), "package os"},
		"quotes of another kind":    {pages("\x60os\x60", "os.Exit(0)\nreturn nil", ""), "package os"},
		"C":                         {pages(`"C"`, "C.exit(0)\nreturn nil", ""), "package C"},
		"a body elsewhere":          {pages("", "exit(0)\nreturn nil", "func exit(int)"), "no body"},
		"an order, indented":        {pages(`"sync"`, right+"\n\t//go:norace", ""), "//go:norace"},
		"an order in a type":        {pages("", "var _ T\nreturn nil", "type T struct {\n\t//go:notinheap\n\ta int\n}"), "//go:notinheap"},
		"an export":                 {pages("", "f()\nreturn nil", "//export f\nfunc f() {}"), "//export"},
		"lines of its own":          {pages("", "/*line x.go:1:1*/ return nil", ""), "/*line"},
		"a method's init by name":   {pages("", "return nil", "func init() { panic(1) }"), "func init"},
		"an initialiser":            {pages(`"fmt"`, "_ = a\nreturn nil", "var a, _ = fmt.Println(\"PASS\")"), "before anything is judged"},
		"an initialiser of one":     {pages("", "_ = b\nreturn nil", "var b = a + 1\nvar a = func() int { for {} }()"), "before anything is judged"},
		"an initialiser in a type":  {pages("", "_ = a\nreturn nil", "var a = map[string]T{\"x\": {f()}}\ntype T struct{ n int }\nfunc f() int { for {} }"), "before anything is judged"},
		"a child in an initialiser": {pages("", "_ = a\nreturn nil", "var a = threads.Go(\"x\", func() {})"), "before anything is judged"},
		"a huge variable":           {pages("", "_ = a\nreturn nil", "var a [1 << 34]byte"), "too large"},
		"a huge literal":            {pages("", "_ = a\nreturn nil", "var a = [...]byte{1 << 30: 1}"), "too large"},
		"a long source":             {pages("", "return nil\n//"+strings.Repeat("x", 200<<10), ""), "more than 128 kB"},
		"another's end of file":     {pages(`"io"`, "io.EOF = nil\nreturn nil", ""), "others rely on"},
		"another's context":         {pages("", "context.Canceled = nil\nreturn nil", ""), "others rely on"},
	} {
		r := judgeSource(t, e, ex, c.source, engine.Public)
		if r.Verdict != engine.Rejected || !strings.Contains(r.Message, c.says) || r.Points != 0 {
			t.Errorf("%s: judged %s, %v points: %q; want %q in it", name, r.Verdict, r.Points, r.Message, c.says)
		}
	}
}
