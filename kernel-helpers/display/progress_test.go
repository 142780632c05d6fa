package display

import (
	"strings"
	"testing"
	"time"
)

func TestProgressSaysHowFarAndHowLong(t *testing.T) {
	for _, c := range []struct {
		name        string
		done, total int
		took        time.Duration
		isEnd       bool
		want        string
	}{
		{"nothing yet", 0, 1000, 5 * time.Second, false, "pages: 0 of 1,000 (0%)"},
		{"under way", 340, 1000, 6 * time.Second, false, "pages: 340 of 1,000 (34%), 12 s left"},
		{"hardly begun", 1, 1_000_000, 3 * time.Second, false, "pages: 1 of 1,000,000 (0%), 833 h left"},
		{"nearly there", 999, 1000, 100 * time.Second, false, "pages: 999 of 1,000 (99%), 0.1 s left"},
		{"complete", 1000, 1000, 3200 * time.Millisecond, true, "pages: 1,000 of 1,000 (100%) in 3.2 s"},
		{"given up", 10, 1000, 200 * time.Second, true, "pages: 10 of 1,000 (1%), stopped after 3 min"},
		{"more than expected", 12, 10, time.Second, false, "pages: 12 of 10 (120%)"},
		{"nobody knows how many", 1234, 0, 10 * time.Second, false, "pages: 1,234, 123 a second"},
		{"that many", 1234, 0, 10 * time.Second, true, "pages: 1,234 in 10 s"},
	} {
		if got := progressText("pages", c.done, c.total, c.took, c.isEnd); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestProgressEscapesItsLabel(t *testing.T) {
	page := progressHTML(`<b> "x": 1`, `<b> "x"`, 1, 2)
	if strings.Contains(page, "<b>") || !strings.Contains(page, `aria-label="&lt;b&gt; &#34;x&#34;"`) {
		t.Error(page)
	}
}

func TestProgressShowsFewStatesAndTheLast(t *testing.T) {
	shown, stderr := run(t, "progress")
	texts := plain(shown)
	if stderr != "" || len(texts) < 3 || len(texts) > 30 {
		t.Fatalf("%d states, and %q", len(texts), stderr)
	}
	if first, last := texts[0], texts[len(texts)-1]; !strings.HasPrefix(first, "steps: ") || !strings.HasPrefix(last, "steps: 100,000 of 100,000 (100%) in ") {
		t.Errorf("from %q to %q", first, last)
	}
}

func TestProgressIsShownWhileNothingIsAdded(t *testing.T) {
	shown, stderr := run(t, "progress that pauses")
	texts := plain(shown)
	if n := len(texts); stderr != "" || n < 3 || !strings.HasPrefix(texts[n-2], "steps: 3") || !strings.HasPrefix(texts[n-1], "steps: 3 in ") {
		t.Errorf("states %q, and %q", texts, stderr)
	}
}
