package engine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine/toolchain"
)

func TestMergedChecks(t *testing.T) {
	const public = "package checks\n\nimport \"testing\"\n\nfunc page() int { return 1 }\n\nfunc TestA(t *testing.T) { page() }\n"
	for _, c := range []struct {
		name, hidden string
		merged       bool
	}{
		{"nothing in common", "// About it.\npackage hidden // all\n\nimport \"testing\"\n\nfunc init() {}\n\nvar _ = 1\n\nfunc TestB(t *testing.T) {}\n", true},
		{"a function of both", "package hidden\n\nfunc page() {}\n", false},
		{"a type named as a function", "package hidden\n\ntype page int\n", false},
		{"a variable named as an import", "package hidden\n\nvar testing = 1\n", false},
		{"an import named as a function", "package hidden\n\nimport page \"testing\"\n\nfunc TestB(*page.T) {}\n", false},
		{"a method named as a function", "package hidden\n\ntype other int\n\nfunc (other) page() {}\n", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			write := func(name, text string) toolchain.Package {
				file := filepath.Join(dir, name, "checks.go")
				if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
				return toolchain.Package{Files: []string{file}}
			}
			one, err := merge(write("public", public), write("hidden", c.hidden), filepath.Join(dir, "merged"))
			if err != nil || (one != nil) != c.merged {
				t.Fatalf("merged to %v, %v; want %v", one, err, c.merged)
			}
			if !c.merged {
				return
			}
			moved, err := os.ReadFile(one.Files[1])
			want := strings.Replace(c.hidden, "package hidden", "package checks", 1)
			if err != nil || string(moved) != want {
				t.Errorf("the hidden file has become %q, %v; want %q", moved, err, want)
			}
		})
	}
}
