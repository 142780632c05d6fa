package plot

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew")

// The renderer's tests read these files too: they are the contract.
func TestPayloadsAreAsRecorded(t *testing.T) {
	for name, chart := range samples() {
		if name == "dense" {
			continue // too large to be worth keeping
		}
		t.Run(name, func(t *testing.T) {
			got := readable(t, chart.payload())
			path := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the payload differs from %s; if that is meant, run go test -update", path)
			}
		})
	}
}

// readable is payload as indented JSON, with one data item a line.
func readable(t *testing.T, payload any) []byte {
	t.Helper()
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetIndent("", " ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(payload); err != nil {
		t.Fatal(err)
	}
	flat := regexp.MustCompile(`\[\n[^\[\]{}]*\]`)
	return flat.ReplaceAllFunc(text.Bytes(), func(array []byte) []byte {
		return regexp.MustCompile(`\n *`).ReplaceAll(array, nil)
	})
}

// names is what the renderer replaces; docs/architecture.md lists it.
var names = regexp.MustCompile(`^@(color/(running|running-edge|ready|ready-edge|contending|contending-fill|waiting|sleeping|lock|lock-edge|lock-text|text|muted|grid|band|surface|arrow|halo|interval|series-[1-8])|draw/(timeline-span|timeline-strip|timeline-arrow|timeline-tooltip|duration|value|point|band|interval|run|bin|rule|wait-node|wait-arrow|wait-tooltip))$`)

func TestPayloadsHoldOnlyWhatTheRendererKnows(t *testing.T) {
	for name, chart := range charts() {
		t.Run(name, func(t *testing.T) {
			var walk func(path string, v any)
			walk = func(path string, v any) {
				switch v := v.(type) {
				case map[string]any:
					for key, element := range v {
						walk(path+"."+key, element)
					}
				case []any:
					if len(v) == 0 {
						t.Errorf("%s is empty: the kernel would make it null", path)
					}
					for _, element := range v {
						walk(path, element)
					}
				case string:
					if strings.HasPrefix(v, "@") && strings.HasPrefix(path, ".option") && !names.MatchString(v) {
						t.Errorf("%s is %q, which the renderer does not know", path, v)
					}
				case float64, bool, nil:
				default:
					t.Errorf("%s is a %T, which would cost a way through JSON", path, v)
				}
			}
			walk("", map[string]any(chart.payload()))
		})
	}
}

func TestTextOfReadersIsNotTakenForNames(t *testing.T) {
	timeline := Timeline{Lanes: []Lane{{Label: "@color/text", Spans: []Span{{0, 1, Running, "@draw/value", "@color/grid"}}}, {}},
		Arrows: []Arrow{{0, 1, 0, "@draw/duration"}}}
	count := func(c *Chart) int {
		text, err := json.Marshal(c.Option)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Count(text, []byte(`"@`))
	}
	got := count(timeline.Chart())
	timeline.Lanes[0].Label, timeline.Lanes[0].Spans[0].Label, timeline.Lanes[0].Spans[0].Detail = "a", "b", "c"
	timeline.Arrows[0].Detail = "d"
	if want := count(timeline.Chart()); got != want {
		t.Errorf("%d names in the option, want the %d that are there without such text", got, want)
	}
	got = count(Bar("", Number("@color/text", 1, "@draw/value")))
	if want := count(Bar("", Number("a", 1, "b"))); got != want {
		t.Errorf("%d names in the option of bars, want %d", got, want)
	}
}
