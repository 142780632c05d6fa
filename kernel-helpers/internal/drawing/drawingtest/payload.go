package drawingtest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/interleave-lab/interleave/kernel-helpers/display"
	"github.com/interleave-lab/interleave/kernel-helpers/internal/drawing"
)

// checkRecorded compares the payload with the one in testdata: the contract with the
// renderer.
func checkRecorded(t *testing.T, name string, bundle display.Bundle) {
	t.Helper()
	got := readable(t, bundle[drawing.MIME])
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
var names = regexp.MustCompile(`^@(color/(running|running-edge|ready|ready-edge|contending|contending-fill|waiting|sleeping|lock|lock-edge|lock-text|text|muted|grid|band|surface|arrow|halo|interval|series-[1-8])|draw/(timeline-span|timeline-strip|timeline-path|timeline-arrow|timeline-tooltip|step-tooltip|duration|value|point|band|interval|run|bin|rule|wait-node|wait-arrow|wait-tooltip))$`)

// checkPayload looks for what the renderer does not know, and for what would not
// reach it as it is.
func checkPayload(t *testing.T, bundle display.Bundle) {
	t.Helper()
	payload, ok := bundle[drawing.MIME].(map[string]any)
	if !ok {
		t.Fatalf("the payload is a %T", bundle[drawing.MIME])
	}
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
	walk("", payload)
}

// Names counts what the renderer would take for a name in a chart's option. It is
// the same whatever text a reader's chart has.
func Names(t *testing.T, c *drawing.Chart) int {
	t.Helper()
	text, err := json.Marshal(c.Option)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(text, []byte(`"@`))
}
