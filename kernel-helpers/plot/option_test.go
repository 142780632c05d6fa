package plot

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
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
