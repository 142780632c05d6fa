package plot

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var lookDir = flag.String("look", "", "folder to draw all samples into, for a look at them")

func TestDrawSamples(t *testing.T) {
	if *lookDir == "" {
		t.Skip("no -look DIR")
	}
	for name, chart := range charts() {
		for ext, content := range map[string][]byte{".png": chart.PNG(), ".svg": []byte(chart.SVG())} {
			if err := os.WriteFile(filepath.Join(*lookDir, strings.ReplaceAll(name, " ", "-")+ext), content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
