package explore

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	fence   = regexp.MustCompile("(?s)```go\n// (\\S+)\n(.*?)```")
	console = regexp.MustCompile("(?s)```console\n\\$ interleave explore \\.(.*?)\n(.*?)```")
	// Another version of the schedules may find a mistake under another seed.
	varies = regexp.MustCompile(`schedule \d+, the \d+\w\w`)
)

// The page's commands print what the page says.
func TestThePageIsTrue(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/exploring.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/counter\n\ngo 1.26\n")
	for _, m := range fence.FindAllStringSubmatch(string(page), -1) {
		write(m[1], "// "+m[1]+"\n"+m[2])
	}
	commands := console.FindAllStringSubmatch(string(page), -1)
	if len(commands) < 2 {
		t.Fatalf("%d commands", len(commands))
	}
	same := func(text string) string { return varies.ReplaceAllString(text, "schedule") }
	var found uint64
	for _, m := range commands {
		r := Request{Dir: dir, Seeds: 200}
		if strings.Contains(m[1], "--seed ") {
			r.First, r.Seeds = found, 1
		}
		report, err := Explore(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if report.Results[0].Seed == nil {
			t.Fatalf("%s", report.Text())
		}
		found = *report.Results[0].Seed
		for line := range strings.Lines(m[2]) {
			if strings.TrimSpace(line) == "…" {
				continue
			}
			if !strings.Contains(same(report.Text()), same(line)) {
				t.Errorf("interleave explore .%s does not print %q, but:\n%s", m[1], line, report.Text())
			}
		}
	}
}
