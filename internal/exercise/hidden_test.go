package exercise_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/notebook"
)

// whatLearnersGet is all that a learner gets: the exercises' folders and the notebooks' cells,
// by the file's name.
func whatLearnersGet(t *testing.T, root string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(filepath.Join(root, "exercises"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	notebooks, err := filepath.Glob(filepath.Join(root, "notebooks", "*.ipynb"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range notebooks {
		n, err := notebook.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range n.Cells {
			texts[path] += c.Source + "\n"
		}
	}
	return texts
}

// sayings are the string literals of Go files that are long enough to be somebody's
// words.
func sayings(t *testing.T, dir string) (said []string) {
	t.Helper()
	const words = 24
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if _, ok := n.(*ast.ImportSpec); ok {
				return false
			}
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && len(text) >= words {
					said = append(said, text)
				}
			}
			return true
		})
	}
	return said
}

func TestLearnersGetNothingOfHiddenChecks(t *testing.T) {
	root := filepath.Join("..", "..")
	all, err := exercise.LoadAll(root, "")
	if err != nil {
		t.Fatal(err)
	}
	texts := whatLearnersGet(t, root)
	for _, ex := range all {
		hidden, err := ex.Solution.Hidden()
		if err != nil {
			t.Fatal(err)
		}
		if len(hidden) == 0 {
			t.Errorf("%s has no hidden check", ex.Slug)
		}
		public := sayings(t, filepath.Join(ex.Dir, "checks"))
		var secrets []string
		for _, c := range hidden {
			if slices.ContainsFunc(ex.Checks, func(public exercise.Check) bool { return public.Name == c.Name }) {
				t.Errorf("%s has a public and a hidden check %s: a result names only one", ex.Slug, c.Name)
			}
			secrets = append(secrets, c.Name+"(", c.Sentence)
		}
		for _, text := range sayings(t, filepath.Join(ex.Solution.Dir, "hidden")) {
			if !slices.Contains(public, text) {
				secrets = append(secrets, text)
			}
		}
		for path, text := range texts {
			others := strings.Contains(path, "exercises") && !strings.HasPrefix(path, ex.Dir+string(filepath.Separator))
			for _, secret := range secrets {
				if !others && strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
					t.Errorf("%s holds %q, which is of a hidden check of %s", path, secret, ex.Slug)
				}
			}
		}
	}
}
