package toolchain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestWhatIsKeptIsCompiledOnce(t *testing.T) {
	tools := shops(t)
	dir := t.TempDir()
	compile := func(p Package, text string) string {
		t.Helper()
		p.Files, p.Out = []string{filepath.Join(dir, "p.go")}, filepath.Join(dir, "p.a")
		put(t, p.Files[0], text)
		file, err := tools.CompileKept(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	const text = "package p\n\nfunc F() {}\n"
	p := Package{Path: "p"}
	first := compile(p, text)
	then := time.Now().Add(-time.Hour).Truncate(time.Second)
	if err := os.Chtimes(first, then, then); err != nil {
		t.Fatal(err)
	}
	if again := compile(p, text); again != first {
		t.Errorf("the same package is kept in %s and in %s", first, again)
	}
	if info, err := os.Stat(first); err != nil || !info.ModTime().Equal(then) {
		t.Errorf("it was compiled again: %v", err)
	}
	quick, elsewhere, named := p, p, p
	quick.Quickly, elsewhere.As, named.Path = true, map[string]string{dir: "elsewhere"}, "q"
	for name, other := range map[string]string{
		"another text":                compile(p, text+"\n"),
		"other options":               compile(quick, text),
		"another place for positions": compile(elsewhere, text),
		"another path":                compile(named, text),
	} {
		if other == first {
			t.Errorf("%s: it is the same archive", name)
		}
	}
	if _, err := tools.CompileKept(t.Context(), Package{Path: "p", Files: []string{filepath.Join(dir, "none.go")}, Out: filepath.Join(dir, "p.a")}); err == nil {
		t.Error("a file that is not there is no error")
	}
}

func TestWhereNothingCanBeKept(t *testing.T) {
	tools := shops(t)
	dir := t.TempDir()
	put(t, filepath.Join(dir, "file"), "")
	tools.kept = filepath.Join(dir, "file")
	p := Package{Path: "p", Files: []string{filepath.Join(dir, "p.go")}, Out: filepath.Join(dir, "p.a")}
	put(t, p.Files[0], "package p\n")
	if file, err := tools.CompileKept(t.Context(), p); err != nil || file != p.Out {
		t.Errorf("it is in %q, %v; want %q", file, err, p.Out)
	}
}

func TestWhatNobodyUsesIsRemoved(t *testing.T) {
	tools := shops(t)
	dir := t.TempDir()
	p := Package{Path: "p", Files: []string{filepath.Join(dir, "p.go")}, Out: filepath.Join(dir, "p.a")}
	keep := func(text string) string {
		t.Helper()
		put(t, p.Files[0], text)
		file, err := tools.CompileKept(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	ago := func(file string, age time.Duration) {
		t.Helper()
		if err := os.Chtimes(file, time.Now().Add(-age), time.Now().Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	old, used := keep("package p // old\n"), keep("package p // used\n")
	ago(old, 6*day)
	ago(used, 6*day)
	if keep("package p // used\n") != used {
		t.Fatal("it is not the same")
	}
	keep("package p // one more\n")
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("what has not been used for six days is still there: %v", err)
	}
	if _, err := os.Stat(used); err != nil {
		t.Errorf("what is used is gone: %v", err)
	}
}

// Learners write what headers are made of.
func TestWhatIsLargeIsNotKept(t *testing.T) {
	tools := shops(t)
	dir := t.TempDir()
	p := Package{Path: "p", Files: []string{filepath.Join(dir, "p.go")}, Out: filepath.Join(dir, "p.a")}
	put(t, p.Files[0], "package p\n\nconst s0 = \""+strings.Repeat("x", 1000)+"\"\nconst s1 = s0+s0+s0+s0+s0+s0+s0+s0+s0+s0\nconst S2 = s1+s1+s1+s1+s1+s1+s1+s1+s1+s1\nconst S3 = S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2+S2\n")
	if file, err := tools.CompileKept(t.Context(), p); err != nil || file != p.Out {
		t.Errorf("it is kept in %s (%v)", file, err)
	}
}

func TestWhatIsDroppedIsCompiledAgain(t *testing.T) {
	tools := shops(t)
	dir := t.TempDir()
	p := Package{Path: "p", Files: []string{filepath.Join(dir, "p.go")}, Out: filepath.Join(dir, "p.a")}
	put(t, p.Files[0], "package p\n")
	kept, err := tools.CompileKept(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	put(t, kept, "damaged")
	tools.Drop(kept, p.Files[0])
	if again, err := tools.CompileKept(t.Context(), p); err != nil || again != kept {
		t.Fatalf("%s, %v", again, err)
	}
	if info, err := os.Stat(kept); err != nil || info.Size() < 100 {
		t.Errorf("what was damaged is so still: %v", err)
	}
	if _, err := os.Stat(p.Files[0]); err != nil {
		t.Errorf("what is not kept was dropped: %v", err)
	}
}
