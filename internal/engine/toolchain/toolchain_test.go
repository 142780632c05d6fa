package toolchain

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// module makes a module with one package, example.test/greet.
func module(t *testing.T) Options {
	t.Helper()
	dir := t.TempDir()
	put(t, filepath.Join(dir, "go.mod"), "module example.test\n\ngo 1.26\n")
	put(t, filepath.Join(dir, "greet", "greet.go"), "package greet\n\nfunc Text() string { return \"hello\" }\n")
	o := Options{Dir: dir, Packages: []string{"example.test/greet", "errors"}}
	t.Cleanup(func() { os.Remove(place(t, o)) })
	return o
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// place is where the index is.
func place(t *testing.T, o Options) string {
	t.Helper()
	file, err := indexFile(o.Dir, sortedSet(o.Packages))
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func open(t *testing.T, o Options) *Toolchain {
	t.Helper()
	tools, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return tools
}

// program compiles and links a main, runs it, and returns what it printed.
func program(t *testing.T, tools *Toolchain, main string, imports ...string) (string, error) {
	t.Helper()
	dir := t.TempDir()
	file, binary := filepath.Join(dir, "main.go"), filepath.Join(dir, "program")
	put(t, file, "package main\n\n"+main)
	p := Package{Path: "main", Files: []string{file}, Imports: imports, Out: filepath.Join(dir, "main.a")}
	if err := tools.Compile(t.Context(), p); err != nil {
		return "", err
	}
	if err := tools.Link(t.Context(), p.Out, nil, "", binary); err != nil {
		return "", err
	}
	out, err := exec.Command(binary).CombinedOutput()
	return string(out), err
}

const greets = "import \"example.test/greet\"\n\nfunc main() { print(greet.Text()) }\n"

func TestTheIndexIsAskedForOnlyWhenSomethingChanged(t *testing.T) {
	o := module(t)
	first := open(t, o)
	if out, err := program(t, first, greets, "example.test/greet"); err != nil || out != "hello" {
		t.Fatalf("%q, %v", out, err)
	}
	greet := filepath.Join(o.Dir, "greet", "greet.go")
	then := time.Now().Add(-time.Minute).Truncate(time.Second)
	for _, c := range []struct {
		name  string
		do    func()
		asked bool
	}{
		{"nothing", func() {}, false},
		{"a test", func() { put(t, filepath.Join(o.Dir, "greet", "greet_test.go"), "package greet\n") }, false},
		{"a source", func() { put(t, greet, "package greet\n\nfunc Text() string { return \"good day\" }\n") }, true},
		{"a new file", func() { put(t, filepath.Join(o.Dir, "greet", "more.go"), "package greet\n\nconst more = 1\n") }, true},
		{"an archive is gone", func() { os.Remove(open(t, o).Archives["example.test/greet"]) }, true},
		{"a writer was killed", func() { put(t, place(t, o), `{"Root": "/`) }, true},
		{"a user's flags", func() { t.Setenv("GOFLAGS", "-tags=own") }, false},
	} {
		_ = os.Chtimes(place(t, o), then, then)
		c.do()
		_ = os.Chtimes(place(t, o), then, then)
		tools := open(t, o)
		info, err := os.Stat(place(t, o))
		if err != nil {
			t.Fatal(err)
		}
		if asked := !info.ModTime().Equal(then); asked != c.asked {
			t.Errorf("%s: asked go: %v, want %v", c.name, asked, c.asked)
		}
		if c.name == "a source" {
			if out, err := program(t, tools, greets, "example.test/greet"); err != nil || out != "good day" {
				t.Errorf("after a change: %q, %v", out, err)
			}
			if tools.Version() == first.Version() {
				t.Error("another source, and the same version")
			}
		}
	}
}

func TestManyOpenAtOnce(t *testing.T) {
	o := module(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			tools, err := Open(t.Context(), o)
			if err != nil || !tools.Has(o.Packages) {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func TestOpenNamesWhatGoSays(t *testing.T) {
	o := module(t)
	o.Packages = append(o.Packages, "example.test/missing")
	if _, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "example.test/missing") {
		t.Errorf("a package that is not there: %v", err)
	}
}

func TestWhatTheCompilerRefuses(t *testing.T) {
	tools := open(t, module(t))
	for name, c := range map[string]struct {
		main    string
		imports []string
		says    string
	}{
		"a mistake, by the line that a directive sets": {"//line answer.go:40:1\nfunc main() { return 1 }", nil, "answer.go:40:"},
		"an import that was prepared, but not allowed": {greets, []string{"errors"}, "example.test/greet"},
		"an import that was not prepared":              {"import \"net/http\"\n\nfunc main() { http.Get(\"\") }", []string{"net/http"}, "net/http"},
		"a function without a body":                    {"func linked()\n\nfunc main() { linked() }", nil, "body"},
	} {
		_, err := program(t, tools, c.main, c.imports...)
		if refused := (*Refused)(nil); !errors.As(err, &refused) || !strings.Contains(refused.Output, c.says) {
			t.Errorf("%s: %v; want it refused, and %q", name, err, c.says)
		}
	}
}

func TestProgramsWatchForRaces(t *testing.T) {
	tools := open(t, module(t))
	out, err := program(t, tools, "func main() {\n\tn, done := 0, make(chan bool)\n\tgo func() { n++; done <- true }()\n\tn++\n\t<-done\n}")
	if err == nil || !strings.Contains(out, "DATA RACE") {
		t.Errorf("a race is not seen: %v\n%s", err, out)
	}
}
