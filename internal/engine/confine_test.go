package engine_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/interleave-lab/interleave/internal/engine"
	"github.com/interleave-lab/interleave/internal/exercise"
	"github.com/interleave-lab/interleave/internal/sandbox"
)

// What a right program needs is there in each tier, with and without child
// processes, though only root may get to its temporary folder; the other tests run
// in the strongest.
func TestSolutionsPassInEachTier(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()) // the folder above it is shut
	inEachTier(t, []sandbox.Tier{sandbox.Namespaces, sandbox.Landlock, sandbox.None}, func(t *testing.T, tier sandbox.Tier) {
		e, err := engine.New(root(t))
		if err != nil {
			t.Fatal(err)
		}
		e.Sandbox = tier
		for _, slug := range []string{"page-downloader", "prime-count"} {
			ex, err := exercise.Load(root(t), "", slug)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := os.ReadFile(filepath.Join(ex.Solution.Dir, "solution.go"))
			if err != nil {
				t.Fatal(err)
			}
			p, err := ex.FromFile("solution.go", answer)
			if err != nil {
				t.Fatal(err)
			}
			if r := e.Judge(t.Context(), ex, p, engine.All); r.Verdict != engine.Passed || r.Sandbox != string(tier) {
				t.Errorf("%s in %q: %s: %s", slug, r.Sandbox, r.Verdict, r.Message)
			}
		}
	})
}

// inEachTier runs a test in each of the tiers that this machine has.
func inEachTier(t *testing.T, tiers []sandbox.Tier, test func(t *testing.T, tier sandbox.Tier)) {
	if runtime.GOOS != "linux" {
		t.Skip("there are tiers on Linux alone")
	}
	for _, tier := range tiers {
		t.Run(string(tier), func(t *testing.T) {
			if _, err := sandbox.Choose(t.Context(), tier); err != nil {
				t.Skip(err)
			}
			test(t, tier)
		})
	}
}
